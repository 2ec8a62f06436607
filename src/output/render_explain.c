/* --explain: what the search made of the query, and each score in parts that sum to it as it is printed. */
#include "escape.h"
#include "explanation.h"
#include "forms.h"
#include "json.h"

#include <inttypes.h>

static const char *const step_names[] = {
	[STEP_WORD] = "word", [STEP_PREFIX] = "prefix",   [STEP_COVERAGE] = "coverage", [STEP_CHARACTER] = "character",
	[STEP_PAIR] = "pair", [STEP_PASSAGE] = "passage", [STEP_TYPED] = "typed",       [STEP_MATCH] = "match"};

/* Parts are differences of the sums as these are printed, so they add up to the score whatever rounding does to each. */
static int64_t thousandths(double sum)
{
	return (json_millionths(sum) + 500) / 1000;
}

static void add_number(struct buf *out, int64_t value)
{
	int64_t size = value < 0 ? -value : value;

	buf_printf(out, "%" PRId64 ".%03d", size / 1000, (int)(size % 1000));
}

static void add_real(struct buf *out, double value)
{
	add_number(out, thousandths(value));
}

static void add_channels(struct buf *out, const struct score_step *step)
{
	const char *between = "; ";

	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		if (!step->frequency[i])
			continue;
		buf_printf(out, "%s%s %" PRIu32 " of %" PRIu32, between, form_fields[i].words, step->frequency[i],
			   step->length[i]);
		between = ", ";
	}
}

static void add_weight(struct buf *out, double idf, double weight)
{
	buf_add_text(out, "idf ");
	add_real(out, idf);
	if (thousandths(weight) == 1000)
		return;
	buf_add_text(out, " × ");
	add_real(out, weight);
}

static void add_term_step(struct buf *out, const struct score_step *step, const char *as)
{
	buf_add_text(out, as);
	add_weight(out, step->idf, step->idf > 0 ? step->factor / step->idf : 0);
	add_channels(out, step);
}

static void add_step(struct buf *out, const struct score_step *step)
{
	escape_line(out, step->text);
	switch (step->kind) {
	case STEP_WORD: add_term_step(out, step, ": "); break;
	case STEP_CHARACTER: add_term_step(out, step, " as a character: "); break;
	case STEP_PAIR: add_term_step(out, step, " in one piece: "); break;
	case STEP_PASSAGE: buf_add_text(out, "in one piece in a long section"); break;
	case STEP_TYPED: buf_add_text(out, "the query as it was typed"); break;
	case STEP_PREFIX: buf_add_text(out, "what begins as asked for"); break;
	case STEP_COVERAGE:
		buf_add_text(out, "words are missing: × ");
		add_real(out, step->factor);
		break;
	case STEP_MATCH: buf_add_text(out, "the match as a whole"); break;
	}
}

const char *form_text_match(const struct answer *answer)
{
	return answer->in_pieces ? "each piece of the query as text" : "the query as text";
}

void form_steps(struct buf *out, const struct answer *answer, const struct hit *hit, int indent,
		const struct render_options *options)
{
	int64_t sum = 0;

	buf_printf(out, "%*sscore ", indent, "");
	add_real(out, hit->score);
	if (!hit->full)
		buf_add_text(out, ", some of the words");
	else if (hit->as_text)
		buf_printf(out, ", %s", form_text_match(answer));
	buf_add_text(out, hit->bare ? ", nothing to read below its heading: after the others" : "");
	form_end(out, options);
	for (size_t i = 0; i < hit->step_count; i++) {
		int64_t after = thousandths(hit->steps[i].after);

		buf_printf(out, "%*s  %s", indent, "", after < sum ? "-" : "+");
		add_number(out, after - sum);
		buf_add_text(out, "  ");
		add_step(out, &hit->steps[i]);
		form_end(out, options);
		sum = after;
	}
}

static uint64_t section_count(const struct answer *answer)
{
	uint64_t count = 0;

	for (size_t i = 0; i < answer->index_count; i++)
		count += answer->indexes[i].sections;
	return count;
}

static void add_df(struct buf *out, const struct answer *answer, uint64_t df)
{
	buf_printf(out, ": in %" PRIu64 " of %" PRIu64 " sections", df, section_count(answer));
}

static void add_term(struct buf *out, const struct answer *answer, size_t i, const struct render_options *options)
{
	const struct explained_term *term = &answer->explanation->terms[i];

	buf_add_text(out, i && term->word == term[-1].word ? "    " : "  ");
	escape_line(out, term->text);
	add_df(out, answer, term->df);
	buf_add_text(out, ", ");
	add_weight(out, term->idf, term->weight);
	if (!term->content)
		buf_add_text(out, ", says how, not what");
	else if (!term->needed)
		buf_add_text(out, ", need not be there");
	form_end(out, options);
}

/* Phrases and the like: words are told with their weights. */
static void add_clause(struct buf *out, const struct answer *answer, const struct answer_term *term,
		       const struct render_options *options)
{
	if (term->kind == TERM_WORD || term->kind == TERM_CHAR)
		return;
	buf_add_text(out, "  ");
	escape_line(out, term->text);
	add_df(out, answer, term->df);
	form_end(out, options);
}

/* How many sections have every word is told where others match as well. */
static void add_whole(struct buf *out, const struct answer *answer, const char *words)
{
	const struct explanation *with = answer->explanation;
	uint64_t by_words = with->whole - with->as_text;

	buf_printf(out, "%s (%" PRIu64 ")", words, by_words);
	if (with->as_text)
		buf_printf(out, " or %s (%" PRIu64 ")", form_text_match(answer), with->as_text);
}

static void add_every(struct buf *out, const struct answer *answer)
{
	const struct explanation *with = answer->explanation;

	if (!with->as_text)
		buf_add_text(out, "every word");
	else if (with->as_text == with->whole)
		buf_add_text(out, form_text_match(answer));
	else
		add_whole(out, answer, "every word");
}

static void add_rule(struct buf *out, const struct answer *answer)
{
	const struct explanation *with = answer->explanation;

	buf_printf(out, "%" PRIu64 " hit%s: ", answer->total, answer->total == 1 ? "" : "s");
	switch (answer->mode) {
	case MODE_ALL: add_every(out, answer); break;
	case MODE_SOME:
		buf_printf(out, "some of the words, since fewer than %" PRIu64, with->enough);
		add_whole(out, answer, " sections have all");
		buf_add_text(out, with->whole_first ? ", which come first" : "");
		break;
	case MODE_ANY: buf_add_text(out, "any word"); break;
	case MODE_LITERAL:
		buf_add_text(out, "the query as text, in the order of paths and lines");
		buf_add_text(out, with->term_count ? ", since no section has every word" : "");
		break;
	case MODE_PINYIN: buf_add_text(out, "the query as pinyin"); break;
	}
}

void form_explanation(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	buf_add_text(out, "query: ");
	escape_line(out, answer->explanation->understood);
	form_end(out, options);
	for (size_t i = 0; i < answer->explanation->term_count; i++)
		add_term(out, answer, i, options);
	for (size_t i = 0; i < answer->term_count; i++)
		add_clause(out, answer, &answer->terms[i], options);
	add_rule(out, answer);
	form_end(out, options);
	buf_add_text(out, "found in ");
	add_number(out, answer->search_ns / 1000); /* microseconds are thousandths of what is told */
	buf_add_text(out, " ms, answered in ");
	add_number(out, answer->answer_ns / 1000);
	buf_add_text(out, " ms");
	form_end(out, options);
	form_end(out, options);
}

static void json_channels(struct json *json, const struct score_step *step)
{
	json_member_object(json, "fields");
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		if (!step->frequency[i])
			continue;
		json_member_object(json, form_fields[i].name);
		json_member_integer(json, "frequency", step->frequency[i]);
		json_member_integer(json, "length", step->length[i]);
		json_close_object(json);
	}
	json_close_object(json);
}

void json_steps(struct json *json, const struct hit *hit)
{
	int64_t sum = 0;

	json_member_object(json, "explain");
	json_member_boolean(json, "bare", hit->bare);
	json_member_array(json, "parts");
	for (size_t i = 0; i < hit->step_count; i++) {
		const struct score_step *step = &hit->steps[i];
		int64_t after = json_millionths(step->after);

		json_open_object(json);
		json_member_string(json, "kind", step_names[step->kind]);
		json_member_text(json, "text", step->text);
		json_member_real(json, "score", (double)(after - sum) * 1e-6);
		json_member_real(json, "idf", step->idf);
		json_member_real(json, "factor", step->factor);
		json_channels(json, step);
		json_close_object(json);
		sum = after;
	}
	json_close_array(json);
	json_close_object(json);
}

void json_explanation(struct json *json, const struct answer *answer)
{
	const struct explanation *with = answer->explanation;

	json_member_object(json, "explain");
	json_member_text(json, "understood", with->understood);
	json_member_array(json, "terms");
	for (size_t i = 0; i < with->term_count; i++) {
		const struct explained_term *term = &with->terms[i];

		json_open_object(json);
		json_member_text(json, "text", term->text);
		json_member_integer(json, "word", term->word);
		json_member_integer(json, "df", term->df);
		json_member_real(json, "idf", term->idf);
		json_member_real(json, "weight", term->weight);
		json_member_boolean(json, "content", term->content);
		json_member_boolean(json, "needed", term->needed);
		json_close_object(json);
	}
	json_close_array(json);
	json_member_integer(json, "whole", with->whole);
	json_member_integer(json, "as_text", with->as_text);
	json_member_integer(json, "enough", with->enough);
	json_member_boolean(json, "whole_first", with->whole_first);
	json_member_integer(json, "search_us", (uint64_t)answer->search_ns / 1000);
	json_member_integer(json, "answer_us", (uint64_t)answer->answer_ns / 1000);
	json_close_object(json);
}
