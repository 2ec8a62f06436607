#include "pinyin_search.h"

#include "path.h"
#include "unicode.h"
#include "utf8.h"

/* What a place is worth: more than any number of characters can change. */
enum place { PLACE_BESIDE, PLACE_PIECES, PLACE_INSIDE, PLACE_WORD, PLACE_START, PLACE_WHOLE };

static int compile(struct pinyin_pattern *pattern, struct span text, struct err *err)
{
	int status = pinyin_pattern_compile(pattern, text);

	if (status < 0)
		return err_set(err, ERR_USAGE, "a query in pinyin has at most %d characters", PINYIN_PATTERN_MAX);
	return status ? 0 : err_set(err, ERR_USAGE, "the query is empty");
}

/* The next piece between blanks; empty at the end. */
static struct span take_piece(struct span *rest)
{
	struct span piece = {rest->p, 0};
	uint32_t code;
	bool valid;

	while (rest->n) {
		size_t n = utf8_next(rest->p, rest->n, &code, &valid);
		bool blank = unicode_class(code) == CLASS_SPACE;

		if (blank && piece.n)
			break;
		rest->p += n;
		rest->n -= n;
		if (blank)
			piece.p = rest->p;
		else
			piece.n += n;
	}
	return piece;
}

struct pinyin_query *pinyin_query_compile(struct span text, struct arena *arena, struct err *err)
{
	struct pinyin_query *query = arena_array(arena, 1, sizeof *query);
	struct span pieces[PINYIN_PIECES + 1];
	size_t count = 0;

	if (!query) {
		err_memory(err, "read the query");
		return NULL;
	}
	if (compile(&query->whole, text, err) < 0)
		return NULL;
	while (count <= PINYIN_PIECES && (pieces[count] = take_piece(&text)).n)
		count++;
	if (count < 2 || count > PINYIN_PIECES)
		return query;
	query->pieces = arena_array(arena, count, sizeof *query->pieces);
	if (!query->pieces) {
		err_memory(err, "read the query");
		return NULL;
	}
	for (; query->piece_count < count; query->piece_count++)
		if (compile(&query->pieces[query->piece_count], pieces[query->piece_count], err) < 0)
			return NULL;
	return query;
}

/* Is each piece somewhere? */
static bool has_pieces(const struct pinyin_query *query, struct span text)
{
	unsigned characters;

	for (size_t i = 0; i < query->piece_count; i++)
		if (!pinyin_pattern_in(&query->pieces[i], text, &characters))
			return false;
	return query->piece_count > 0;
}

/* One search. */
struct searching {
	struct search_job *job;
	const struct pinyin_query *query;
	uint32_t part;
	struct arena heads; /* of the section being looked at */
	struct buf tokens;
	struct buf starts;
};

/* Where the words of a heading start. One that only ICU can cut has none: a heading is no reason to refuse the query. */
static int find_starts(struct searching *s, struct span heading)
{
	struct err err = {0};

	buf_reset(&s->tokens);
	buf_reset(&s->starts);
	if (analyzer_cut(s->job->analyzer, heading, &s->tokens, &err) < 0 && err.kind != ERR_SCRIPT) {
		*s->job->err = err;
		return -1;
	}
	for (size_t i = 0; i < BUF_COUNT(&s->tokens, struct token); i++)
		buf_add(&s->starts, &BUF_AT(&s->tokens, struct token, i).start, sizeof(uint32_t));
	return s->starts.failed ? err_memory(s->job->err, "search") : 0;
}

static int place_in_heading(struct searching *s, struct span heading, enum place *place)
{
	struct pinyin_match match = pinyin_pattern_find(&s->query->whole, heading, NULL, 0);

	*place = match.at_end ? PLACE_WHOLE : PLACE_START;
	if (match.at_start)
		return 0;
	if (find_starts(s, heading) < 0)
		return -1;
	match = pinyin_pattern_find(&s->query->whole, heading, &BUF_AT(&s->starts, uint32_t, 0),
				    BUF_COUNT(&s->starts, uint32_t));
	*place = match.word_start ? PLACE_WORD : PLACE_INSIDE;
	return 0;
}

/* Without what follows its last dot. */
static struct span file_name(struct span path)
{
	struct span name = path_last(path);
	size_t n = name.n;

	while (n > 1 && name.p[n - 1] != '.')
		n--;
	return n > 1 ? (struct span){name.p, n - 1} : name;
}

static bool is_first(struct searching *s, uint32_t section, uint32_t document, int *status)
{
	struct segment_reader *segment = s->job->parts->segments[s->part];
	uint32_t first = 0;
	uint32_t end;

	*status = section_table_document(&segment->sections, document, &first, &end, s->job->err);
	return *status == 0 && first == section;
}

/* The question, or the name of the file: 1 found, 0, -1. */
static int is_beside(struct searching *s, uint32_t section, const struct section_record *record,
		     const struct section_head *head, unsigned *characters)
{
	struct index *index = s->job->parts->indexes[s->part];
	struct manifest_document document;
	int status;

	if (!s->job->request->titles && pinyin_pattern_in(&s->query->whole, head->question, characters))
		return 1;
	if (!is_first(s, section, record->document, &status))
		return status;
	if (manifest_document(&index->manifest, record->document, &document, s->job->err) < 0)
		return -1;
	return pinyin_pattern_in(&s->query->whole, file_name(document.path), characters);
}

/* 1, 0 the query does not find the section, -1. */
static int score(struct searching *s, uint32_t section, double *out)
{
	struct segment_reader *segment = s->job->parts->segments[s->part];
	enum place place = PLACE_BESIDE;
	struct section_record record;
	struct section_head head;
	unsigned characters;
	int found = 1;

	if (segment_section(segment, section, &record, s->job->err) < 0 ||
	    segment_head(segment, &record, &s->heads, &head, s->job->err) < 0)
		return -1;
	if (pinyin_pattern_in(&s->query->whole, head.heading, &characters))
		found = place_in_heading(s, head.heading, &place) < 0 ? -1 : 1;
	else if (has_pieces(s->query, head.heading))
		place = PLACE_PIECES;
	else
		found = is_beside(s, section, &record, &head, &characters);
	if (found > 0)
		*out = place + 1.0 / (characters + 1);
	return found;
}

static int search_part(struct searching *s)
{
	struct search_job *job = s->job;
	int found = 0;

	for (uint32_t i = 0; i < job->parts->segments[s->part]->meta.section_count && found >= 0; i++) {
		struct candidate candidate = {.section = i, .part = s->part, .full = true};

		if (!filter_allows(&job->filters[s->part], i))
			continue;
		arena_reset(&s->heads);
		found = score(s, i, &candidate.score);
		if (found <= 0)
			continue;
		job->counts.matching++;
		number_set_add(job->matches[s->part], i);
		top_add(&job->top, &candidate);
	}
	return found < 0 ? -1 : 0;
}

int pinyin_search(struct search_job *job)
{
	struct searching s = {.job = job, .query = job->pinyin};
	int status = 0;

	for (; s.part < job->parts->count && status == 0; s.part++)
		status = search_part(&s);
	job->counts.full = job->counts.matching;
	arena_release(&s.heads);
	buf_release(&s.tokens);
	buf_release(&s.starts);
	return status == 0 && job->top.heap.failed ? err_memory(job->err, "search") : status;
}

/* Adds a range to those that are there, in order; what touches becomes one. */
static size_t add_range(struct snippet_range *ranges, size_t count, struct snippet_range range)
{
	size_t at = count;
	size_t kept = 0;

	for (; at > 0 && ranges[at - 1].start > range.start; at--)
		ranges[at] = ranges[at - 1];
	ranges[at] = range;
	for (size_t i = 1; i <= count; i++) {
		if (ranges[i].start > ranges[kept].end)
			ranges[++kept] = ranges[i];
		else if (ranges[i].end > ranges[kept].end)
			ranges[kept].end = ranges[i].end;
	}
	return kept + 1;
}

static struct snippet_range find_range(const struct pinyin_pattern *pattern, struct span text)
{
	struct pinyin_match match = pinyin_pattern_find(pattern, text, NULL, 0);

	return (struct snippet_range){(uint32_t)match.start, (uint32_t)match.end};
}

size_t pinyin_mark(const struct pinyin_query *query, struct span text, struct snippet_range out[PINYIN_PIECES])
{
	unsigned characters;
	size_t count = 0;

	if (pinyin_pattern_in(&query->whole, text, &characters)) {
		out[0] = find_range(&query->whole, text);
		return 1;
	}
	if (!has_pieces(query, text))
		return 0;
	for (size_t i = 0; i < query->piece_count; i++)
		count = add_range(out, count, find_range(&query->pieces[i], text));
	return count;
}
