#include "status.h"

#include "escape.h"
#include "json.h"
#include "utc.h"

#include <inttypes.h>

static uint64_t file_bytes(const struct index *index)
{
	uint64_t bytes = index->mapping.bytes.n;

	for (size_t i = 0; i < index->segment_count; i++)
		bytes += index->segments[i].mapping.bytes.n;
	return bytes;
}

static uint64_t text_bytes(const struct index *index)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < index->segment_count; i++)
		bytes += index->segments[i].meta.text_bytes;
	return bytes;
}

static void add_line(struct buf *out, const char *name, struct span text)
{
	buf_add_text(out, name);
	escape_line(out, text);
	buf_add_byte(out, '\n');
}

void status_print(struct buf *out, const struct status *status)
{
	const struct index *index = status->index;
	const struct plan_changes *stale = &status->stale;
	struct buf path = {0};
	char built[UTC_BYTES];

	add_line(out, "index      ", span_of(index->path));
	for (size_t i = 0; i < index->manifest.root_count; i++) {
		buf_reset(&path);
		index_root_path(index, i, &path);
		add_line(out, "root       ", buf_span(&path));
	}
	for (size_t i = 0; i < index->manifest.glob_count; i++)
		add_line(out, "glob       ", index->manifest.globs[i]);
	if (index->words.count)
		buf_printf(out, "words      %" PRIu32 "\n", index->words.count);
	if (index->synonyms.members.count)
		buf_printf(out, "synonyms   %" PRIu32 "\n", index->synonyms.members.count);
	buf_printf(out, "documents  %" PRIu32 "\nsections   %" PRIu64 "\n", index_document_count(index),
		   index_section_count(index));
	utc_format(built, index->manifest.built);
	buf_printf(out, "text       %" PRIu64 " bytes\nsize       %" PRIu64 " bytes\nbuilt      %s\n",
		   text_bytes(index), file_bytes(index), built);
	if (stale->added + stale->changed + stale->removed == 0)
		buf_add_text(out, "stale      no\n");
	else
		buf_printf(out, "stale      yes: %zu added, %zu changed, %zu removed since\n", stale->added,
			   stale->changed, stale->removed);
	buf_release(&path);
}

void status_print_json(struct buf *out, const struct status *status)
{
	const struct index *index = status->index;
	struct json json = {.out = out};
	struct buf path = {0};
	char built[UTC_BYTES];

	json_open_object(&json);
	json_member_integer(&json, "v", 1);
	json_member_string(&json, "index", index->path);
	json_member_array(&json, "roots");
	for (size_t i = 0; i < index->manifest.root_count; i++) {
		buf_reset(&path);
		index_root_path(index, i, &path);
		json_text(&json, buf_span(&path));
	}
	json_close_array(&json);
	json_member_array(&json, "globs");
	for (size_t i = 0; i < index->manifest.glob_count; i++)
		json_text(&json, index->manifest.globs[i]);
	json_close_array(&json);
	json_member_integer(&json, "words", index->words.count);
	json_member_integer(&json, "synonyms", index->synonyms.members.count);
	json_member_integer(&json, "documents", index_document_count(index));
	json_member_integer(&json, "sections", index_section_count(index));
	json_member_integer(&json, "text_bytes", text_bytes(index));
	json_member_integer(&json, "index_bytes", file_bytes(index));
	utc_format(built, index->manifest.built);
	json_member_string(&json, "built", built);
	json_member_object(&json, "stale");
	json_member_integer(&json, "added", status->stale.added);
	json_member_integer(&json, "changed", status->stale.changed);
	json_member_integer(&json, "removed", status->stale.removed);
	json_close_object(&json);
	json_close_object(&json);
	buf_add_byte(out, '\n');
	buf_release(&path);
}
