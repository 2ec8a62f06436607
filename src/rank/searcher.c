#include "searcher.h"

#include "copies.h"
#include "correction.h"
#include "describe.h"
#include "large_pages.h"
#include "mem.h"
#include "stopwatch.h"
#include "utc.h"
#include "why_job.h"

struct searcher {
	struct arena arena; /* of the process */
	struct arena job;   /* of one query */
	const struct io *io;
	struct index *indexes;
	size_t index_count;
	struct answer_index *descriptions;
	struct parts parts;
	struct bm25_totals totals;
	struct bm25 bm25;
	struct analyzer *analyzer;
	struct synonyms *synonyms; /* the shipped ones, then those of each index that has any */
	struct synonym_tables tables;
	struct origins origins;
	struct list_cache own; /* of a twin not used: */
	struct list_cache *kept;
	unsigned user; /* of that */
	struct entry_cache entries;
	struct searcher *twin; /* one that searcher_twin() made, which has those made before */
	struct synonym_cache alternatives;
	bool searched;
};

static const char *format_time(struct arena *arena, int64_t seconds)
{
	char text[UTC_BYTES];

	return arena_copy(arena, (struct span){text, utc_format(text, seconds)}).p;
}

/* An index named twice answers once. */
static bool is_open(const struct searcher *s, const char *path)
{
	for (size_t i = 0; i < s->index_count; i++)
		if (strcmp(s->indexes[i].path, path) == 0)
			return true;
	return false;
}

/* Queries are cut once: as the text of every index was. */
static int check_analysis(struct searcher *s, const struct index *index, struct err *err)
{
	struct checksum_128 ours = user_words_fingerprint(&analyzer_fingerprint, index->manifest.words);
	const struct index *first = &s->indexes[0];

	if (memcmp(&index->manifest.fingerprint, &ours, sizeof ours) != 0)
		return err_set(err, ERR_ANALYSIS,
			       "%s: made with other word tables (another ICU or kbsearch); renew it with kbindex -I %s",
			       index->path, index->path);
	if (!span_equal(index->manifest.words, first->manifest.words))
		return err_set(
			err, ERR_ANALYSIS,
			"%s and %s have different user dictionaries: search them one at a time, or give both the "
			"same with kbindex --words",
			first->path, index->path);
	if (index->words.count)
		analyzer_use_words(s->analyzer, &index->words);
	return 0;
}

static int add_index(struct searcher *s, const char *path, struct err *err)
{
	struct index *index = &s->indexes[s->index_count];

	if (index_open(index, s->io, path, err) < 0)
		return -1;
	if (is_open(s, index->path)) {
		index_close(index);
		return 0;
	}
	s->index_count++;
	if (check_analysis(s, index, err) < 0)
		return -1;
	s->descriptions[s->index_count - 1] = (struct answer_index){
		.path = index->path,
		.sections = index_section_count(index),
		.documents = index_document_count(index),
		.built = format_time(&s->arena, index->manifest.built),
	};
	s->parts.count += index->segment_count;
	return 0;
}

static void add_totals(struct searcher *s, const struct segment_meta *meta)
{
	s->totals.sections += meta->section_count;
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		s->totals.length_sum[i] += meta->length_sum[i];
		s->totals.length_count[i] += meta->length_count[i];
	}
}

/* One block for all that a usual query takes, kept from query to query: pages are not asked for and given back. Measured with
 * 12,843 and with 102,744 sections: this holds all but 4 of 2,100 queries, and the middle one takes 7 bytes a section. */
static void reserve(struct searcher *s)
{
	enum { QUERY_BYTES = 256 << 10, SECTION_BYTES = 12 };
	size_t bytes = QUERY_BYTES + SECTION_BYTES * (size_t)s->totals.sections;
	void *block = arena_alloc(&s->job, bytes);

	if (block)
		large_pages_advise(block, bytes);
	arena_reset(&s->job);
}

static int gather_parts(struct searcher *s, struct err *err)
{
	uint64_t place = 0;
	size_t n = 0;

	s->parts.segments = arena_array(&s->arena, s->parts.count, sizeof(struct segment_reader *));
	s->parts.indexes = arena_array(&s->arena, s->parts.count, sizeof(struct index *));
	if (s->arena.failed)
		return err_memory(err, "open an index");
	for (size_t i = 0; i < s->index_count; i++) {
		for (size_t k = 0; k < s->indexes[i].segment_count; k++, n++) {
			s->parts.segments[n] = &s->indexes[i].segments[k];
			s->parts.indexes[n] = &s->indexes[i];
			s->parts.segments[n]->kept = s->kept;
			s->parts.segments[n]->kept_place = place;
			place += s->parts.segments[n]->container.bytes.n;
			s->parts.segments[n]->entries = &s->entries;
			add_totals(s, &s->indexes[i].segments[k].meta);
		}
	}
	s->parts.synonyms = &s->alternatives;
	bm25_init(&s->bm25, &s->totals);
	reserve(s);
	return 0;
}

/* Those of all indexes are for all. */
static int gather_synonyms(struct searcher *s, struct err *err)
{
	s->synonyms = arena_array(&s->arena, s->index_count + 1, sizeof *s->synonyms);
	if (!s->synonyms)
		return err_memory(err, "open an index");
	s->tables.items = s->synonyms;
	if (synonyms_open(&s->synonyms[0], synonyms_regional))
		s->tables.count++;
	for (size_t i = 0; i < s->index_count; i++)
		if (s->indexes[i].synonyms.members.count)
			s->synonyms[s->tables.count++] = s->indexes[i].synonyms;
	return 0;
}

static int open_all(struct searcher *s, const char *const *paths, size_t count, struct err *err)
{
	s->indexes = arena_array(&s->arena, count, sizeof *s->indexes);
	s->descriptions = arena_array(&s->arena, count, sizeof *s->descriptions);
	if (s->arena.failed)
		return err_memory(err, "open an index");
	s->analyzer = analyzer_new(err);
	if (!s->analyzer)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (add_index(s, paths[i], err) < 0)
			return -1;
	return gather_synonyms(s, err) < 0 ? -1 : gather_parts(s, err);
}

struct searcher *searcher_open(const struct io *io, const char *const *paths, size_t count, struct err *err)
{
	struct searcher *s = mem_zero(1, sizeof *s);

	if (!s) {
		err_memory(err, "open an index");
		return NULL;
	}
	s->io = io;
	s->own.mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	s->kept = &s->own;
	s->arena.block = s->origins.arena.block = ARENA_SMALL;
	if (open_all(s, paths, count, err) < 0) {
		searcher_close(s);
		return NULL;
	}
	return s;
}

void searcher_close(struct searcher *s)
{
	if (!s)
		return;
	searcher_close(s->twin);
	for (size_t i = 0; i < s->index_count; i++)
		index_close(&s->indexes[i]);
	analyzer_free(s->analyzer);
	origins_release(&s->origins);
	list_cache_release(&s->own);
	entry_cache_release(&s->entries);
	synonym_cache_release(&s->alternatives);
	arena_release(&s->job);
	arena_release(&s->arena);
	mem_free(s);
}

static bool same_indexes(const struct searcher *a, const struct searcher *b)
{
	for (size_t i = 0; i < a->index_count && i < b->index_count; i++)
		if (memcmp(&a->indexes[i].manifest.container.id, &b->indexes[i].manifest.container.id,
			   sizeof(struct checksum_128)) != 0)
			return false;
	return a->index_count == b->index_count;
}

/* Of a small index less than LIST_CACHE_BYTES: a posting takes 16 bytes when it is kept with its score, and two bits or more in its
 * list. */
static size_t list_cache_limit(const struct searcher *s)
{
	const size_t factor = 64;
	size_t most = 0;

	for (size_t i = 0; i < s->parts.count && most < LIST_CACHE_BYTES; i++)
		most += factor * s->parts.segments[i]->container.bytes.n;
	return most < LIST_CACHE_BYTES ? most : LIST_CACHE_BYTES;
}

/* From now on lists that come back are kept. */
static void keep_lists(struct searcher *s)
{
	if (!s->kept->limit)
		s->kept->limit = list_cache_limit(s);
}

/* What both keep from search to search is kept once. */
static void share(struct searcher *s, struct searcher *twin)
{
	unsigned user = s->twin ? s->twin->user + 1 : 1;

	for (size_t i = 0; i < s->parts.count; i++)
		store_keep_with(&twin->parts.segments[i]->store, &s->parts.segments[i]->store);
	if (user < LIST_CACHE_USERS) {
		keep_lists(s);
		twin->kept = s->kept;
		twin->user = user;
		for (size_t i = 0; i < twin->parts.count; i++)
			twin->parts.segments[i]->kept = s->kept;
	}
	twin->twin = s->twin;
	s->twin = twin;
}

struct searcher *searcher_twin(struct searcher *s, struct err *err)
{
	const char **paths = mem_zero(s->index_count, sizeof *paths);
	struct searcher *twin = NULL;

	for (size_t i = 0; i < s->index_count && paths; i++)
		paths[i] = s->indexes[i].path;
	if (paths)
		twin = searcher_open(s->io, paths, s->index_count, err);
	else
		err_memory(err, "open an index");
	mem_free(paths);
	if (!twin)
		return NULL;
	if (same_indexes(s, twin)) {
		share(s, twin);
		return twin;
	}
	searcher_close(twin);
	err_set(err, ERR_MISSING, "%s: was replaced", s->indexes[0].path);
	return NULL;
}

/* The first search may be the only one: what is read by the others is kept for those after them. */
static void keep_more(struct searcher *s)
{
	if (s->searched) {
		keep_lists(s);
		s->entries.on = s->alternatives.on = true;
		for (size_t i = 0; i < s->parts.count; i++)
			store_keep(&s->parts.segments[i]->store);
	}
	s->searched = true;
}

/* Forgets the query before. */
static struct search_job begin(struct searcher *s, const struct search_request *request, struct answer *answer,
			       struct err *err)
{
	arena_reset(&s->job);
	list_cache_turn(s->kept, s->user);
	synonym_cache_turn(&s->alternatives);
	keep_more(s);
	*answer = (struct answer){.indexes = s->descriptions, .index_count = s->index_count};
	return (struct search_job){.request = request,
				   .parts = &s->parts,
				   .bm25 = &s->bm25,
				   .analyzer = s->analyzer,
				   .tables = &s->tables,
				   .origins = &s->origins,
				   .arena = &s->job,
				   .err = err};
}

/* Its lists may be let go. */
static void end(struct searcher *s, struct search_job *job)
{
	search_job_release(job);
	list_cache_rest(s->kept, s->user);
}

/* Until there are as many hits with different texts as are asked for, or no more sections. Lists of files, and whoever looks
 * for a text as it stands, want every place. */
static int run(struct search_job *job)
{
	const struct search_request *request = job->request;
	int status = search_job_run(job);
	int few = 0;

	if (status < 0 || request->files || request->literal || request->without_hits)
		return status;
	while ((few = copies_merge(job, (size_t)request->limit)) > 0) {
		search_job_release(job);
		job->widened++;
		if (search_job_run(job) < 0)
			return -1;
	}
	return few;
}

int searcher_search(struct searcher *s, const struct search_request *request, struct answer *answer, struct err *err)
{
	struct search_job job = begin(s, request, answer, err);
	int64_t start = request->explain ? stopwatch_ns() : 0;
	int status = run(&job);

	if (request->explain)
		answer->search_ns = stopwatch_ns() - start;
	if (status == 0)
		status = describe(&job, answer);
	if (status == 0 && request->suggest)
		status = correction_find(&job, answer);
	if (request->explain)
		answer->answer_ns = stopwatch_ns() - start;
	end(s, &job);
	return status;
}

static int ask_why(struct searcher *s, const struct search_request *request, const struct why_question *question,
		   struct answer *answer, struct why *why, struct err *err)
{
	struct search_job job = begin(s, request, answer, err);
	int status = run(&job);

	if (status == 0)
		status = why_job_explain(&job, question, answer, why, err);
	end(s, &job);
	return status;
}

int searcher_why(struct searcher *s, const struct search_request *request, struct span path, uint32_t line,
		 struct answer *answer, struct why *why, struct err *err)
{
	struct why_question question = {path, line};
	struct search_request all = *request;
	struct why shown;

	if (ask_why(s, request, &question, answer, why, err) < 0)
		return -1;
	if (why->verdict == WHY_HIT || !why->section || request->limit == 0)
		return 0;
	/* it may be among those that are not shown */
	shown = *why;
	all.limit = 0;
	if (ask_why(s, &all, &question, answer, why, err) < 0)
		return -1;
	why->shown = false;
	why->last_rank = shown.last_rank;
	why->last_score = shown.last_score;
	why->last_tier = shown.last_tier;
	return 0;
}

const struct index *searcher_index(const struct searcher *s, size_t number)
{
	return number < s->index_count ? &s->indexes[number] : NULL;
}
