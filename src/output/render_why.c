/* --why: the verdict in one line, and what of the query stands in the section, a line each; or the same as a JSON object. */
#include "escape.h"
#include "forms.h"
#include "json.h"
#include "why.h"

#include <inttypes.h>

static const char *const verdict_names[WHY_VERDICTS] = {
	[WHY_HIT] = "hit",       [WHY_PATH] = "path",       [WHY_EXCLUDED] = "excluded",
	[WHY_LACKS] = "lacks",   [WHY_ENOUGH] = "enough",   [WHY_LITERAL] = "literal",
	[WHY_BLANK] = "blank",   [WHY_NO_LINE] = "no-line", [WHY_UNLISTED] = "not-indexed",
	[WHY_ADDED] = "added",   [WHY_REFUSED] = "refused", [WHY_UNREADABLE] = "unreadable",
	[WHY_ABSENT] = "absent", [WHY_OUTSIDE] = "outside", [WHY_DIRECTORY] = "directory",
	[WHY_HIDDEN] = "hidden", [WHY_LINK] = "link",       [WHY_SPECIAL] = "special",
	[WHY_KIND] = "kind",     [WHY_GLOB] = "glob",       [WHY_DEEP] = "deep",
};

/* Of the verdicts that need no numbers: what stands before `detail`, and after it. */
static const struct {
	const char *before;
	const char *after;
} sentences[WHY_VERDICTS] = {
	[WHY_PATH] = {"no hit: --path=", " leaves the file out"},
	[WHY_EXCLUDED] = {"no hit: the query leaves out what has ", ""},
	[WHY_BLANK] = {"no hit: there is no text in the file", ""},
	[WHY_UNLISTED] = {"not indexed", ""},
	[WHY_ADDED] = {"not indexed: it was not there when kbindex ran last; run kbindex", ""},
	[WHY_REFUSED] = {"not indexed: ", ""},
	[WHY_UNREADABLE] = {"not indexed: ", ""},
	[WHY_ABSENT] = {"no such file, and none was indexed", ""},
	[WHY_OUTSIDE] = {"not indexed: it is outside of ", ""},
	[WHY_DIRECTORY] = {"a directory: ", " of its files are indexed; name one"},
	[WHY_HIDDEN] = {"not indexed: ", " is hidden, its name begins with a dot"},
	[WHY_LINK] = {"not indexed: it is a symbolic link, which kbindex does not follow, to ", ""},
	[WHY_SPECIAL] = {"not indexed: it is neither a directory nor a regular file", ""},
	[WHY_KIND] = {"not indexed: by its name it is neither Markdown (.md .markdown .mkd .mdown) nor text (.txt)",
		      ""},
	[WHY_GLOB] = {"not indexed: kbindex --glob=", " leaves it out"},
	[WHY_DEEP] = {"not indexed: it is too many directories deep", ""},
};

static const char *const kind_names[] = {[PRESENCE_WORD] = "word",
					 [PRESENCE_PHRASE] = "phrase",
					 [PRESENCE_EXCLUDED] = "excluded",
					 [PRESENCE_LITERAL] = "literal",
					 [PRESENCE_PINYIN] = "pinyin"};

static const char *const found_names[] = {[FOUND_NOWHERE] = "nowhere",
					  [FOUND_WORD] = "yes",
					  [FOUND_INSIDE] = "inside",
					  [FOUND_TEXT] = "text",
					  [FOUND_OTHERWISE] = "otherwise"};

static bool is_lacking(const struct presence *item)
{
	return item->needed && item->found != FOUND_WORD;
}

static void add_lacking(struct buf *out, const struct why *why)
{
	const char *between = "no hit: it lacks ";

	for (size_t i = 0; i < why->item_count; i++) {
		if (!is_lacking(&why->items[i]))
			continue;
		buf_add_text(out, between);
		buf_add_span(out, why->items[i].text);
		between = ", ";
	}
}

/* A copy of a hit may lack what stands in that one's heading. */
static const char *completeness(const struct answer *answer)
{
	const struct why *why = answer->why;
	bool lacks = false;

	for (size_t i = 0; i < why->item_count; i++)
		lacks |= is_lacking(&why->items[i]);
	if (!lacks && why->section->full)
		return "every word";
	return why->section->as_text ? form_text_match(answer) : "some of the words";
}

/* Why a section with a score as high as that of the last hit shown comes after it. */
static void add_handicap(struct buf *out, const struct answer *answer)
{
	const struct why *why = answer->why;

	if (why->section->score < why->last_score || why->tier == why->last_tier)
		return;
	if (why->tier / 2 == why->last_tier / 2)
		buf_add_text(out, "; with nothing to read below its heading it comes after the others");
	else
		buf_printf(out, "; it comes after sections with %s",
			   why->last_tier < TIER_SUBSTRING ? "every word" : form_text_match(answer));
}

static void add_hit(struct buf *out, const struct answer *answer, const struct why *why)
{
	const struct hit *hit = why->section;
	uint64_t enough = (hit->rank + 9) / 10 * 10;

	buf_printf(out, "hit%s: rank %" PRIu64 " of %" PRIu64, why->shown ? "" : " that is not shown", hit->rank,
		   answer->total);
	if (answer->mode == MODE_LITERAL)
		buf_add_text(out, ", in the order of paths and lines");
	else
		buf_printf(out, ", score %.3f", hit->score);
	if (answer_mode_has_words(answer->mode))
		buf_printf(out, ", %s", completeness(answer));
	if (why->original)
		buf_printf(out, "; with the same text as %s:%" PRIu32 ", which names it", why->original->path,
			   why->original->line_start);
	if (why->shown)
		return;
	buf_printf(out, "; the last one shown is rank %" PRIu64, why->last_rank);
	if (answer->mode != MODE_LITERAL) {
		buf_printf(out, " with %.3f", why->last_score);
		add_handicap(out, answer);
	}
	buf_printf(out, "; -n %" PRIu64 " shows it", enough);
}

static void add_verdict(struct buf *out, const struct answer *answer)
{
	const struct why *why = answer->why;

	switch (why->verdict) {
	case WHY_HIT: add_hit(out, answer, why); return;
	case WHY_LACKS: add_lacking(out, why); return;
	case WHY_ENOUGH:
		add_lacking(out, why);
		buf_printf(out, "; %" PRIu64 " section%s nothing, so those with less are none; -o takes any word",
			   answer->total, answer->total == 1 ? " lacks" : "s lack");
		return;
	case WHY_LITERAL:
		buf_printf(out, "no hit: no section has every word, but %" PRIu64 " %s the query as it stands: %s",
			   answer->total, answer->total == 1 ? "has" : "have",
			   answer->total == 1 ? "that is the hit" : "these are the hits");
		return;
	case WHY_NO_LINE:
		buf_printf(out, "no hit: the file ended with line %" PRIu32 " when it was indexed", why->last_line);
		return;
	default: break;
	}
	if (why->verdict == WHY_GLOB && !why->detail.n) {
		buf_add_text(out, "not indexed: none of the index's globs lets it in");
		return;
	}
	buf_add_text(out, sentences[why->verdict].before);
	buf_add_span(out, why->detail);
	buf_add_text(out, sentences[why->verdict].after);
}

static void add_fields(struct buf *out, const struct presence *item)
{
	const char *between = ": ";

	if (item->synonym.n) {
		buf_printf(out, ": as %.*s", (int)item->synonym.n, item->synonym.p);
		between = ", ";
	}
	for (unsigned i = 0; i < CHANNEL_FIELDS; i++) {
		if (!item->frequency[i])
			continue;
		buf_printf(out, "%s%s %" PRIu32, between, form_fields[i].words, item->frequency[i]);
		between = ", ";
	}
}

/* What is known of something that is not there as it should be. */
static void add_miss(struct buf *out, const struct presence *item)
{
	const char *between = ": ";

	if (item->elsewhere)
		buf_add_text(out, ": it stands where -t does not look");
	else if (item->found == FOUND_INSIDE)
		buf_printf(out, ": only inside of the word %.*s", (int)item->inside.n, item->inside.p);
	else if (item->found == FOUND_TEXT)
		buf_add_text(out, item->kind == PRESENCE_PHRASE ? ": only inside of longer words"
								: ": only as text, over the borders of words");
	else if (item->found == FOUND_OTHERWISE)
		buf_add_text(out, ": only in another script, width or case");
	if (item->elsewhere || item->found != FOUND_NOWHERE)
		between = "; ";
	if (item->line) {
		buf_printf(out, "%sline %" PRIu32 " of the file has it", between, item->line);
		between = "; ";
	}
	if (!item->needed)
		buf_printf(out, "%sit need not be there", between);
}

static void add_item(struct buf *out, const struct presence *item)
{
	bool has = item->found == FOUND_WORD;

	if (item->kind == PRESENCE_LITERAL && !item->needed) {
		if (has)
			buf_add_text(out, "has the whole query as text: -F finds it");
		return;
	}
	if (item->kind == PRESENCE_EXCLUDED && !has)
		return;
	buf_printf(out, "%s %.*s", has ? "has" : "lacks", (int)item->text.n, item->text.p);
	if (has)
		add_fields(out, item);
	else
		add_miss(out, item);
}

/* A line of text of unknown origin, indented; nothing for an empty one. */
static void add_line(struct buf *out, struct buf *line, const char *indent, const struct render_options *options)
{
	out->failed = out->failed || line->failed;
	if (line->n) {
		buf_add_text(out, indent);
		escape_line(out, buf_span(line));
		form_end(out, options);
	}
	buf_reset(line);
}

static void add_place(struct buf *out, const struct why *why, const struct render_options *options)
{
	form_path(out, why->file, true, options);
	if (why->section) {
		buf_add_byte(out, ':');
		form_number(out, why->section->line_start, options);
		buf_add_text(out, ": ");
		form_heading_path(out, why->section, why->section->heading_path_count);
	} else if (why->line) {
		buf_add_byte(out, ':');
		form_number(out, why->line, options);
	}
	form_end(out, options);
}

/* Another section of the file that may be what was meant. */
static void add_other(struct buf *out, const struct why *why)
{
	if (why->best_rank && (!why->section->rank || why->best_rank < why->section->rank))
		buf_printf(out, "the best section of the file is that of line %" PRIu32 ", rank %" PRIu64,
			   why->best_line, why->best_rank);
}

void render_why(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	const struct why *why = answer->why;
	struct buf line = {0};

	add_place(out, why, options);
	add_verdict(&line, answer);
	add_line(out, &line, "", options);
	for (size_t i = 0; i < why->item_count; i++) {
		add_item(&line, &why->items[i]);
		add_line(out, &line, "  ", options);
	}
	if (why->section)
		add_other(&line, why);
	add_line(out, &line, "", options);
	if (why->stale && why->verdict < WHY_UNLISTED)
		buf_printf(&line, "the file %s since it was indexed; run kbindex",
			   why->gone ? "is gone" : "has changed");
	add_line(out, &line, "", options);
	if (answer->index_count > 1 && why->index)
		buf_printf(&line, "index: %s", why->index);
	add_line(out, &line, "", options);
	buf_release(&line);
}

static void json_item(struct json *json, const struct presence *item)
{
	json_open_object(json);
	json_member_text(json, "text", item->text);
	json_member_string(json, "kind", kind_names[item->kind]);
	json_member_string(json, "found", found_names[item->found]);
	json_member_boolean(json, "needed", item->needed);
	json_member_text(json, "synonym", item->synonym);
	json_member_text(json, "inside", item->inside);
	json_member_object(json, "fields");
	for (unsigned i = 0; i < CHANNEL_FIELDS; i++)
		if (item->frequency[i])
			json_member_integer(json, form_fields[i].name, item->frequency[i]);
	json_close_object(json);
	json_member_integer(json, "line", item->line);
	json_close_object(json);
}

void json_why(struct json *json, const struct answer *answer)
{
	const struct why *why = answer->why;
	struct buf message = {0};

	add_verdict(&message, answer);
	json->out->failed = json->out->failed || message.failed;
	json_member_object(json, "why");
	json_member_string(json, "verdict", verdict_names[why->verdict]);
	json_member_text(json, "message", buf_span(&message));
	json_member_string(json, "path", why->file);
	json_member_integer(json, "line", why->section ? why->section->line_start : why->line);
	json_member_boolean(json, "indexed", why->verdict < WHY_UNLISTED);
	json_member_string(json, "index", why->index ? why->index : "");
	json_member_boolean(json, "hit", why->verdict == WHY_HIT);
	json_member_boolean(json, "shown", why->shown);
	json_member_string(json, "copy_path", why->original ? why->original->path : "");
	json_member_integer(json, "copy_line", why->original ? why->original->line_start : 0);
	json_member_integer(json, "last_rank", why->last_rank);
	json_member_real(json, "last_score", why->last_score);
	json_member_integer(json, "best_rank", why->best_rank);
	json_member_integer(json, "best_line", why->best_line);
	json_member_boolean(json, "stale", why->stale);
	json_member_array(json, "terms");
	for (size_t i = 0; i < why->item_count; i++)
		json_item(json, &why->items[i]);
	json_close_array(json);
	json_close_object(json);
	buf_release(&message);
}
