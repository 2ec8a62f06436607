#include "render.h"

#include "forms.h"

render_function *const renderers[RENDER_FORMS] = {
	[RENDER_BLOCKS] = render_blocks, [RENDER_LINES] = render_lines, [RENDER_VIMGREP] = render_vimgrep,
	[RENDER_FILES] = render_files,   [RENDER_COUNT] = render_count, [RENDER_JSON] = render_json,
	[RENDER_JSONL] = render_jsonl,
};
