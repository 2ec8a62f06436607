#include "render.h"

#include "forms.h"

render_function *const renderers[RENDER_FORMS] = {
	[RENDER_BLOCKS] = render_blocks, [RENDER_LINES] = render_lines, [RENDER_VIMGREP] = render_vimgrep,
	[RENDER_FILES] = render_files,   [RENDER_COUNT] = render_count, [RENDER_JSON] = render_json,
	[RENDER_JSONL] = render_jsonl,   [RENDER_WHY] = render_why,
};

bool render_needs_text(enum render_form form, const struct render_options *options)
{
	if (form == RENDER_FILES || form == RENDER_COUNT || form == RENDER_WHY)
		return false;
	return options->snippet || options->full || form == RENDER_VIMGREP; /* its columns are those of matches */
}
