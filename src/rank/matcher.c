#include "matcher.h"

#include "word_cursor.h"

struct matcher {
	struct segment_reader *segment;
	uint32_t part;
	const struct query *query;
	const struct atoms *atoms;
	const struct filter *filter;
	const struct bm25 *bm25;
	enum match_rule rule;
	bool full_first;             /* whole matches before others whatever the score */
	uint64_t required;           /* content words outside of phrases: a whole match has them all */
	uint64_t sufficient;         /* words that make a match by themselves */
	struct word_cursor *cursors; /* one an atom */
	struct top *top;
	struct match_counts *counts;
	struct err *err;
};

/* Is the atom of one of these words, and one of those that must be there? */
static bool is_of(const struct matcher *m, size_t atom, uint64_t words)
{
	return m->atoms->items[atom].needed && words >> m->atoms->items[atom].word & 1;
}

/* The first section from `section` on that has every content word and phrase: 1, 0 at the end. Where the phrases stand, their
 * words do. */
static int next_full(struct matcher *m, uint32_t section, uint32_t *out)
{
	uint32_t count = m->segment->meta.section_count;
	size_t i = 0;

	if (m->filter->all)
		section = filter_next(m->filter->all, section, count);
	while (i < m->atoms->count && section < count) {
		struct word_cursor *cursor = &m->cursors[i];

		if (!is_of(m, i, m->required)) {
			i++;
			continue;
		}
		if (word_cursor_seek(cursor, section, m->err) < 0)
			return -1;
		if (cursor->section == WORD_CURSOR_END)
			return 0;
		if (cursor->section == section) {
			i++;
			continue;
		}
		/* Later than asked for: phrases and the words before it must come along. */
		section = (uint32_t)cursor->section;
		if (m->filter->all)
			section = filter_next(m->filter->all, section, count);
		i = 0;
	}
	*out = section;
	return section < count;
}

/* The same for any word that counts by itself, or phrase. */
static int next_some(struct matcher *m, uint32_t section, uint32_t *out)
{
	uint32_t count = m->segment->meta.section_count;
	uint32_t first = m->filter->any ? filter_next(m->filter->any, section, count) : count;

	for (size_t i = 0; i < m->atoms->count; i++) {
		struct word_cursor *cursor = &m->cursors[i];

		if (!is_of(m, i, m->sufficient))
			continue;
		if (word_cursor_seek(cursor, section, m->err) < 0)
			return -1;
		if (cursor->section != WORD_CURSOR_END && cursor->section < first)
			first = (uint32_t)cursor->section;
	}
	*out = first;
	return first < count;
}

/* Which words are here; a compound in parts is when all of them are. */
static int find_words(struct matcher *m, uint32_t section, uint64_t *matched)
{
	uint64_t missing = 0;

	*matched = 0;
	for (size_t i = 0; i < m->atoms->count; i++) {
		const struct atom *atom = &m->atoms->items[i];

		if (word_cursor_seek(&m->cursors[i], section, m->err) < 0)
			return -1;
		if (!atom->needed)
			continue;
		if (m->cursors[i].section == section)
			*matched |= (uint64_t)1 << atom->word;
		else
			missing |= (uint64_t)1 << atom->word;
	}
	*matched &= ~missing;
	return 0;
}

/* The words of the phrases that stand here are here, however the text was cut. Does any? */
static bool add_phrases(const struct matcher *m, uint32_t section, uint64_t *matched)
{
	const struct query *query = m->query;

	if (!m->filter->any || !filter_bit(m->filter->any, section))
		return false;
	for (size_t i = 0; i < query->phrase_count; i++)
		if (m->filter->phrases[i] && filter_bit(m->filter->phrases[i], section))
			*matched |= query->phrases[i].words;
	return true;
}

static int score(struct matcher *m, struct candidate *candidate)
{
	const unsigned char *lengths;

	if (segment_lengths(m->segment, candidate->section, &lengths, m->err) < 0)
		return -1;
	for (size_t i = 0; i < m->atoms->count; i++)
		if (m->cursors[i].section == candidate->section)
			candidate->score +=
				m->atoms->items[i].factor * word_cursor_score(&m->cursors[i], m->bm25, lengths);
	candidate->score *= 1 - COVERAGE_WEIGHT * (1 - atoms_coverage(m->atoms, candidate->matched));
	return 0;
}

/* Is there any text to read there, or only a heading, or only links? */
static int is_bare(struct matcher *m, uint32_t section)
{
	struct section_record record;

	if (segment_section(m->segment, section, &record, m->err) < 0)
		return -1;
	return record.flags != 0;
}

static int consider(struct matcher *m, uint32_t section)
{
	struct candidate candidate = {.section = section, .part = m->part};
	bool phrases;
	bool full;
	int bare;

	if (!filter_allows(m->filter, section))
		return 0;
	if (find_words(m, section, &candidate.matched) < 0)
		return -1;
	phrases = add_phrases(m, section, &candidate.matched);
	full = !(m->atoms->content & ~candidate.matched) && (!m->filter->all || filter_bit(m->filter->all, section));
	if (!full && (m->rule == MATCH_FULL || (!phrases && !(candidate.matched & m->sufficient))))
		return 0;
	m->counts->matching++;
	m->counts->full += full;
	candidate.full = full;
	if (score(m, &candidate) < 0)
		return -1;
	candidate.tier = full || !m->full_first ? TIER_FULL : TIER_PARTIAL;
	if (!top_accepts(m->top, &candidate))
		return 0;
	bare = is_bare(m, section);
	candidate.tier += bare > 0;
	if (bare >= 0)
		top_add(m->top, &candidate);
	return bare < 0 ? -1 : 0;
}

static int visit_sections(struct matcher *m)
{
	uint32_t section = 0;
	int got;

	while ((got = m->rule == MATCH_FULL ? next_full(m, section, &section) : next_some(m, section, &section)) > 0) {
		if (consider(m, section) < 0)
			return -1;
		section++;
	}
	return got;
}

int match_segment(struct segment_reader *segment, uint32_t part, const struct query *query, const struct atoms *atoms,
		  const struct filter *filter, const struct bm25 *bm25, enum match_rule rule, struct arena *arena,
		  struct top *top, struct match_counts *counts, struct err *err)
{
	struct matcher m = {.segment = segment,
			    .query = query,
			    .part = part,
			    .atoms = atoms,
			    .filter = filter,
			    .bm25 = bm25,
			    .rule = rule,
			    .full_first = rule == MATCH_SOME && atoms->content_count <= FEW_WORDS,
			    .top = top,
			    .counts = counts,
			    .err = err};

	m.required = m.sufficient = atoms->content;
	for (size_t i = 0; i < query->phrase_count; i++)
		if (!query->phrases[i].negated)
			m.required &= ~query->phrases[i].words;
	/* A word inside quotes counts as its phrase only, unless phrases are all that is asked for and too few have them. */
	if (rule != MATCH_SOME || (atoms->content & atoms->free))
		m.sufficient &= atoms->free;
	m.cursors = arena_array(arena, atoms->count, sizeof *m.cursors);
	if (!m.cursors)
		return err_memory(err, "search");
	for (size_t i = 0; i < atoms->count; i++)
		if (word_cursor_open(&m.cursors[i], segment, atoms->items[i].text, atoms->items[i].channels, arena,
				     err) < 0)
			return -1;
	return visit_sections(&m);
}
