/* JSON version 1. Names and their order are contract: additions are allowed, changes raise "v". */
#include "forms.h"
#include "json.h"

enum { JSON_VERSION = 1 };

static const char *const mode_names[] = {[MODE_ALL] = "all",
					 [MODE_SOME] = "some",
					 [MODE_ANY] = "any",
					 [MODE_LITERAL] = "literal",
					 [MODE_PINYIN] = "pinyin"};

static const char *const kind_names[] = {
	[TERM_WORD] = "word",     [TERM_PHRASE] = "phrase", [TERM_CHAR] = "char",      [TERM_LITERAL] = "literal",
	[TERM_PREFIX] = "prefix", [TERM_PINYIN] = "pinyin", [TERM_SYNONYM] = "synonym"};

static void texts_member(struct json *json, const char *name, const struct span *texts, size_t count)
{
	json_member_array(json, name);
	for (size_t i = 0; i < count; i++)
		json_text(json, texts[i]);
	json_close_array(json);
}

static void add_terms(struct json *json, const struct answer *answer)
{
	json_member_array(json, "terms");
	for (size_t i = 0; i < answer->term_count; i++) {
		json_open_object(json);
		json_member_text(json, "text", answer->terms[i].text);
		json_member_string(json, "kind", kind_names[answer->terms[i].kind]);
		json_member_integer(json, "df", answer->terms[i].df);
		json_close_object(json);
	}
	json_close_array(json);
}

static void add_indexes(struct json *json, const struct answer *answer)
{
	json_member_array(json, "index");
	for (size_t i = 0; i < answer->index_count; i++) {
		json_open_object(json);
		json_member_string(json, "path", answer->indexes[i].path);
		json_member_integer(json, "sections", answer->indexes[i].sections);
		json_member_integer(json, "documents", answer->indexes[i].documents);
		json_member_string(json, "built", answer->indexes[i].built);
		json_close_object(json);
	}
	json_close_array(json);
}

static void ranges_member(struct json *json, const char *name, const struct snippet_range *ranges, size_t count)
{
	json_member_array(json, name);
	for (size_t i = 0; i < count; i++) {
		json_open_array(json);
		json_integer(json, ranges[i].start);
		json_integer(json, ranges[i].end);
		json_close_array(json);
	}
	json_close_array(json);
}

static void add_copies(struct json *json, const struct hit *hit)
{
	json_member_array(json, "copies");
	for (size_t i = 0; i < hit->copy_count; i++) {
		const struct hit_copy *copy = &hit->copies[i];

		json_open_object(json);
		json_member_string(json, "path", copy->path);
		json_member_text(json, "heading", copy->heading);
		json_member_integer(json, "line_start", copy->line_start);
		json_member_integer(json, "line_end", copy->line_end);
		json_member_string(json, "id", copy->id);
		json_close_object(json);
	}
	json_close_array(json);
}

static void add_hit(struct json *json, const struct hit *hit, const struct snippet *snippet, bool full)
{
	json_open_object(json);
	json_member_integer(json, "rank", hit->rank);
	json_member_real(json, "score", hit->score);
	json_member_real(json, "coverage", hit->coverage);
	json_member_string(json, "id", hit->id);
	json_member_string(json, "path", hit->path);
	json_member_text(json, "heading", hit->heading);
	texts_member(json, "heading_path", hit->heading_path, hit->heading_path_count);
	json_member_integer(json, "level", hit->level);
	json_member_text(json, "question", hit->question);
	json_member_integer(json, "line_start", hit->line_start);
	json_member_integer(json, "line_end", hit->line_end);
	json_member_text(json, "snippet", buf_span(&snippet->text));
	json_member_integer(json, "snippet_line", snippet->line);
	ranges_member(json, "highlights", &BUF_AT(&snippet->highlights, struct snippet_range, 0),
		      BUF_COUNT(&snippet->highlights, struct snippet_range));
	texts_member(json, "matched_terms", hit->matched_terms, hit->matched_count);
	json_member_boolean(json, "stale", hit->stale);
	add_copies(json, hit);
	if (full)
		json_member_text(json, "text", hit->text);
	if (hit->steps)
		json_steps(json, hit);
	if (hit->heading_marks)
		ranges_member(json, "heading_highlights", hit->heading_marks, hit->heading_mark_count);
	json_close_object(json);
}

/* Without a snippet its line is the section's: no text is needed then. */
static void cut(struct buf *out, struct snippet *snippet, const struct answer *answer, const struct hit *hit,
		const struct render_options *options)
{
	if (options->snippet)
		form_cut(out, snippet, answer, hit, options);
	else
		snippet->line = hit->line_start;
}

void render_json(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	struct json json = {.out = out};
	struct snippet snippet = {0};

	json_open_object(&json);
	json_member_integer(&json, "v", JSON_VERSION);
	json_member_text(&json, "query", answer->query);
	json_member_string(&json, "mode", mode_names[answer->mode]);
	add_terms(&json, answer);
	texts_member(&json, "dropped_terms", answer->dropped, answer->dropped_count);
	texts_member(&json, "suggestions", answer->suggestions, answer->suggestion_count);
	json_member_integer(&json, "total", answer->total);
	json_member_boolean(&json, "total_is_exact", answer->total_is_exact);
	json_member_integer(&json, "returned", answer->hit_count);
	add_indexes(&json, answer);
	json_member_array(&json, "hits");
	for (size_t i = 0; i < answer->hit_count; i++) {
		cut(out, &snippet, answer, &answer->hits[i], options);
		add_hit(&json, &answer->hits[i], &snippet, options->full);
	}
	json_close_array(&json);
	if (answer->explanation)
		json_explanation(&json, answer);
	if (answer->why)
		json_why(&json, answer);
	json_close_object(&json);
	form_end(out, options);
	snippet_release(&snippet);
}

void render_jsonl(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	struct snippet snippet = {0};

	for (size_t i = 0; i < answer->hit_count; i++) {
		struct json json = {.out = out};

		cut(out, &snippet, answer, &answer->hits[i], options);
		add_hit(&json, &answer->hits[i], &snippet, options->full);
		form_end(out, options);
	}
	snippet_release(&snippet);
}

void render_json_error(struct buf *out, const char *code, const char *message, const struct render_options *options)
{
	struct json json = {.out = out};

	json_open_object(&json);
	json_member_integer(&json, "v", JSON_VERSION);
	json_member_object(&json, "error");
	json_member_string(&json, "code", code);
	json_member_string(&json, "message", message);
	json_close_object(&json);
	json_member_array(&json, "hits");
	json_close_array(&json);
	json_close_object(&json);
	form_end(out, options);
}
