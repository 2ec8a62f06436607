#include "hits.h"

#include "fold.h"
#include "path.h"
#include "pinyin_search.h"
#include "stopwatch.h"
#include "utf8.h"

#include <stdlib.h>

static int no_memory(struct hit_maker *maker)
{
	return err_memory(maker->job->err, "show a hit");
}

/* Empties the scratch buffer, and remembers that it failed. */
static void clear_scratch(struct hit_maker *maker)
{
	maker->failed |= maker->scratch.failed;
	buf_reset(&maker->scratch);
}

static struct span keep(struct hit_maker *maker, struct span text)
{
	return arena_copy(maker->job->arena, text);
}

/* A name that no program takes for an option. */
static const char *beside(struct hit_maker *maker, struct span path)
{
	clear_scratch(maker);
	buf_add_text(&maker->scratch, "./");
	buf_add_span(&maker->scratch, path);
	return keep(maker, buf_span(&maker->scratch)).p;
}

/* What is known of the document; NULL with an error. */
static const struct origin *find_origin(struct hit_maker *maker, struct index *index, uint32_t number)
{
	struct origins *origins = maker->job->origins;
	const struct origin *origin = origins_known(origins, index, number, maker->since);
	struct manifest_document document;

	if (origin)
		return origin;
	if (manifest_document(&index->manifest, number, &document, maker->job->err) < 0 ||
	    origins_find(origins, index, number, &document, maker->since, maker->now, &origin, maker->job->err) < 0)
		return NULL;
	return origin;
}

static int set_place(struct hit_maker *maker, const struct origin *origin, struct hit *out)
{
	const char *directory = maker->job->request->directory;
	struct span rest;

	out->abs_path = out->path = origin->path;
	if (directory && path_below(span_of(out->abs_path), span_of(directory), &rest) && rest.n)
		out->path = rest.p[0] == '-' ? beside(maker, rest) : rest.p;
	out->stale = origin->stale;
	return out->path ? 0 : no_memory(maker);
}

/* The headings above, outermost first, and the section's own. */
static int set_headings(struct hit_maker *maker, struct segment_reader *segment, const struct section_record *record,
			struct hit *out)
{
	struct section_record above[SECTION_LEVEL_MAX + 1] = {*record}; /* parents are of lower levels */
	struct section_head head;
	struct span *path;
	size_t depth = 1;

	for (; above[depth - 1].parent != SECTION_RECORD_NO_PARENT; depth++)
		if (segment_parent(segment, &above[depth - 1], &above[depth], maker->job->err) < 0)
			return -1;
	path = arena_array(maker->job->arena, depth, sizeof *path);
	if (!path)
		return no_memory(maker);
	for (size_t i = 0; i < depth; i++) {
		if (segment_head(segment, &above[i], maker->job->arena, &head, maker->job->err) < 0)
			return -1;
		path[depth - 1 - i] = head.heading;
		if (i == 0)
			out->question = head.question;
	}
	out->heading = path[depth - 1];
	out->heading_path = path;
	out->heading_path_count = depth;
	return 0;
}

/* Survives edits of the body and shifts of lines: path below the root, headings, and which of several equal ones. */
static void set_id(struct hit_maker *maker, const struct origin *origin, const struct section_record *record,
		   struct hit *out)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct checksum_128 hash;
	unsigned bits = 0;
	unsigned held = 0;
	size_t n = 0;

	clear_scratch(maker);
	buf_add_span(&maker->scratch, origin->below);
	for (size_t i = 0; i < out->heading_path_count; i++) {
		buf_add_byte(&maker->scratch, 0);
		buf_add_span(&maker->scratch, out->heading_path[i]);
	}
	buf_add_byte(&maker->scratch, 0);
	buf_add_u32(&maker->scratch, record->occurrence);
	hash = checksum_128(buf_span(&maker->scratch));
	for (size_t i = 0; i < sizeof hash.bytes; i++) {
		bits = bits << 8 | hash.bytes[i];
		for (held += 8; held >= 5; held -= 5)
			out->id[n++] = digits[bits >> (held - 5) & 31];
	}
	out->id[n++] = digits[bits << (5 - held) & 31];
	out->id[n] = '\0';
}

/* The share of the idf of all words and clauses that may be given up. (In scores a clause counts by its words only.) */
static double coverage(const struct search_job *job, const struct candidate *candidate)
{
	double whole = job->atoms.content_idf;
	double here = atoms_coverage(&job->atoms, candidate->matched) * whole;

	if (!answer_mode_has_words(job->mode) || candidate->full)
		return 1;
	for (size_t i = 0; i < job->query.clause_count; i++) {
		double idf = bm25_idf(job->bm25, search_job_clause_df(job, i));

		if (job->query.clauses[i].filter)
			continue;
		whole += idf;
		here += filter_stands(&job->filters[candidate->part], i, candidate->section) ? idf : 0;
	}
	return whole > 0 ? here / whole : 1;
}

static bool has_term(const struct hit *hit, struct span term)
{
	for (size_t i = 0; i < hit->matched_count; i++)
		if (span_equal(hit->matched_terms[i], term))
			return true;
	return false;
}

static int set_matches(struct hit_maker *maker, const struct candidate *candidate, struct hit *out)
{
	const struct query *query = &maker->job->query;
	const struct filter *filter = &maker->job->filters[candidate->part];
	size_t most = query->word_count + query->clause_count + LITERAL_MOST;
	struct span *terms = arena_array(maker->job->arena, most, sizeof *terms);

	if (!terms)
		return no_memory(maker);
	out->matched_terms = terms;
	for (const struct literal *piece = candidate->substring ? maker->job->pieces : NULL; piece; piece = piece->with)
		if (!has_term(out, piece->folded))
			terms[out->matched_count++] = piece->folded;
	if (!answer_mode_has_words(maker->job->mode) || (candidate->substring && !maker->job->pieces))
		terms[out->matched_count++] = query->literal;
	for (unsigned i = 0; i < query->word_count; i++)
		if (candidate->matched >> i & 1 && !has_term(out, query->words[i].shown))
			terms[out->matched_count++] = query->words[i].shown;
	for (size_t i = 0; i < query->clause_count; i++)
		if (maker->job->mode != MODE_LITERAL && query_clause_is_term(&query->clauses[i]) &&
		    filter_stands(filter, i, candidate->section))
			terms[out->matched_count++] = query->clauses[i].name;
	out->coverage = coverage(maker->job, candidate);
	return 0;
}

/* A hit that has the query as text only: the text is marked, or its pieces, also inside of words. */
static int set_substring(struct hit_maker *maker, struct hit *out)
{
	const struct search_job *job = maker->job;
	struct needle *needles = arena_array(job->arena, LITERAL_MOST, sizeof *needles);

	if (!needles)
		return no_memory(maker);
	out->needles = needles;
	for (const struct literal *piece = job->pieces; piece; piece = piece->with)
		needles[out->needle_count++] = (struct needle){.text = piece->folded, .weight = 1};
	if (!job->pieces)
		needles[out->needle_count++] = (struct needle){.text = job->query.literal_folded, .weight = 1};
	return 0;
}

static struct needle needle_of(struct hit_maker *maker, struct span text)
{
	clear_scratch(maker);
	fold_text(text, &maker->scratch, NULL);
	return (struct needle){.text = keep(maker, buf_span(&maker->scratch)), .weight = 1};
}

/* What pinyin means in this hit is marked in its heading, and in the snippet as well; else what it means in the question. */
static int set_pinyin(struct hit_maker *maker, struct hit *out)
{
	const struct pinyin_query *query = maker->job->pinyin;
	struct snippet_range *ranges = arena_array(maker->job->arena, PINYIN_PIECES, sizeof *ranges);
	struct needle *needles = arena_array(maker->job->arena, PINYIN_PIECES, sizeof *needles);
	struct span text = out->heading;
	bool in_heading;

	if (!ranges || !needles)
		return no_memory(maker);
	out->needle_count = pinyin_mark(query, text, ranges);
	in_heading = out->needle_count > 0;
	if (!in_heading) {
		text = out->question;
		out->needle_count = pinyin_mark(query, text, ranges);
	}
	for (size_t i = 0; i < out->needle_count; i++) {
		struct span marked = {text.p + ranges[i].start, ranges[i].end - ranges[i].start};

		needles[i] = needle_of(maker, marked);
		ranges[i].start = (uint32_t)utf8_count((struct span){text.p, ranges[i].start});
		ranges[i].end = ranges[i].start + (uint32_t)utf8_count(marked);
	}
	out->needles = needles;
	out->heading_marks = ranges;
	out->heading_mark_count = in_heading ? out->needle_count : 0;
	return 0;
}

/* In a batch a file is looked at again after this long: soon enough for a person, and no call for each hit. */
enum { FRESH_NS = 1000000000 };

void hit_maker_init(struct hit_maker *maker, const struct search_job *job)
{
	*maker = (struct hit_maker){.job = job, .now = stopwatch_ns()};
	maker->since = maker->now - (job->request->batch ? FRESH_NS : 0);
}

void hit_maker_release(struct hit_maker *maker)
{
	buf_release(&maker->scratch);
}

int hit_make(struct hit_maker *maker, const struct candidate *candidate, struct hit *out)
{
	struct segment_reader *segment = maker->job->parts->segments[candidate->part];
	struct index *index = maker->job->parts->indexes[candidate->part];
	const struct origin *origin;
	struct section_record record;

	*out = (struct hit){.score = candidate->score, .full = candidate->full, .as_text = candidate->substring};
	if (segment_section(segment, candidate->section, &record, maker->job->err) < 0)
		return -1;
	origin = find_origin(maker, index, record.document);
	if (!origin || set_place(maker, origin, out) < 0 || set_headings(maker, segment, &record, out) < 0 ||
	    set_matches(maker, candidate, out) < 0 || (maker->job->pinyin && set_pinyin(maker, out) < 0) ||
	    (candidate->substring && set_substring(maker, out) < 0))
		return -1;
	set_id(maker, origin, &record, out);
	out->level = record.level;
	out->line_start = record.line_start;
	out->line_end = record.line_end;
	out->text_line = record.line_first;
	return maker->failed || maker->scratch.failed ? no_memory(maker) : 0;
}

static int compare_places(const void *a, const void *b)
{
	const struct hit_place *x = a;
	const struct hit_place *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->section > y->section) - (x->section < y->section);
}

struct hit_place *hit_places(const struct candidate *candidates, size_t count, struct arena *arena)
{
	struct hit_place *places = arena_array(arena, count, sizeof *places);

	for (size_t i = 0; i < count && places; i++)
		places[i] = (struct hit_place){candidates[i].part, candidates[i].section, i};
	if (places)
		qsort(places, count, sizeof *places, compare_places);
	return places;
}

/* More than a snippet has room for; and how many sections are looked at for them. */
enum { SUBSECTIONS_MAX = 32, SUBSECTIONS_LOOK = 256 };

/* The headings right below a section. */
static int set_subsections(struct hit_maker *maker, struct segment_reader *segment, uint32_t number,
			   const struct section_record *above, struct hit *out)
{
	struct span *headings = arena_array(maker->job->arena, SUBSECTIONS_MAX, sizeof *headings);
	struct section_record record = *above;
	struct section_head head;

	if (!headings)
		return no_memory(maker);
	out->subsections = headings;
	for (uint32_t i = number + 1; i < segment->meta.section_count && i - number <= SUBSECTIONS_LOOK &&
				      out->subsection_count < SUBSECTIONS_MAX;
	     i++) {
		if (segment_section(segment, i, &record, maker->job->err) < 0)
			return -1;
		if (record.document != above->document || record.level <= above->level)
			return 0;
		if (record.parent != number)
			continue;
		if (segment_head(segment, &record, maker->job->arena, &head, maker->job->err) < 0)
			return -1;
		headings[out->subsection_count++] = head.heading;
	}
	return 0;
}

int hit_add_text(struct hit_maker *maker, const struct candidate *candidate, struct hit *out)
{
	struct segment_reader *segment = maker->job->parts->segments[candidate->part];
	struct section_record record;

	if (segment_section(segment, candidate->section, &record, maker->job->err) < 0 ||
	    (record.flags && set_subsections(maker, segment, candidate->section, &record, out) < 0))
		return -1;
	return segment_copy_text(segment, candidate->section, maker->job->arena, &out->text, maker->job->err);
}
