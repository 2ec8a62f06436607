/* Lies that are written down consistently: one thing of a sound index is changed and every checksum made right. */
#include "image.h"
#include "impact.h"
#include "index.h"
#include "sound.h"
#include "store_writer.h"
#include "unit.h"

static int make(void **state)
{
	struct sound *sound = test_calloc(1, sizeof *sound);

	sound_make(sound, true);
	*state = sound;
	return 0;
}

static int release(void **state)
{
	sound_release(*state);
	test_free(*state);
	return 0;
}

/* What opening and checking say of the patched files, once they are sealed: one line, or nothing. */
static enum err_kind judge(const struct sound *sound, struct err *err)
{
	struct index index;

	*err = (struct err){0};
	sound_seal(sound);
	if (index_open(&index, &patched_io, sound->scratch.index, err) == 0) {
		index_check(&index, err);
		index_close(&index);
	}
	return err->kind;
}

/* `message`: what is said to be wrong; NULL: nothing is. */
static void assert_told(const struct sound *sound, const char *what, enum err_kind kind, const char *message)
{
	struct err err;

	if (judge(sound, &err) != kind || (message && !strstr(err.text, message)))
		fail_msg("%s: %s", what, err.kind == ERR_NONE ? "not told" : err.text);
	if (kind != ERR_NONE)
		assert_null(strchr(err.text, '\n'));
}

static struct chunk find_chunk(const struct buf *file, uint32_t name)
{
	struct container container;
	struct chunk chunk = {0};
	struct err err = {0};

	assert_int_equal(container_open(&container, buf_span(file), SEGMENT_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, name, &chunk, &err), 0);
	container_close(&container);
	return chunk;
}

/* A byte of a chunk of the patched segment; `offset` from the end when it is negative. */
static unsigned char *byte_at(uint32_t name, ptrdiff_t offset)
{
	struct chunk chunk = find_chunk(&patched.segment, name);
	size_t from = offset < 0 ? (size_t)chunk.length : 0;

	assert_true(from + (size_t)offset < chunk.length);
	return (unsigned char *)patched.segment.data + chunk.offset + from + (size_t)offset;
}

/* Offsets in META. */
enum { META_COUNTS = 16, META_TERMS = 24, META_TEXT = 48, META_FILLED = 56 + 8 * CHANNEL_LENGTHS };

static void every_byte_that_lies_is_found(void **state)
{
	static const struct {
		const char *what;
		uint32_t chunk;
		ptrdiff_t offset;
		int add;
		enum err_kind kind;
		const char *message;
	} table[] = {
		{"fingerprint", CHUNK_META, 0, 1, ERR_FOREIGN, "a part of another index"},
		{"sections", CHUNK_META, META_COUNTS, 1, ERR_DAMAGED, "number of sections"},
		{"documents", CHUNK_META, META_COUNTS + 4, 1, ERR_DAMAGED, "number of sections"},
		{"words", CHUNK_META, META_TERMS, 1, ERR_DAMAGED, "a posting list"},
		{"grams", CHUNK_META, META_TERMS + 8, 1, ERR_DAMAGED, "a posting list"},
		{"units", CHUNK_META, META_TERMS + 16, 1, ERR_DAMAGED, "a posting list"},
		{"text bytes", CHUNK_META, META_TEXT, 1, ERR_DAMAGED, "number of sections"},
		{"sections with a body", CHUNK_META, META_FILLED, 1, ERR_DAMAGED, "totals"},
		{"sections with Han characters", CHUNK_META, META_FILLED + 4 * CHANNEL_HAN, -1, ERR_DAMAGED, "totals"},
		{"a length where there is none", CHUNK_LENS, CHANNEL_CODE, 1, ERR_DAMAGED, "totals"},
		{"text does not begin at 0", CHUNK_SECT, 0, 1, ERR_DAMAGED, "a group of sections"},
		{"heads do not begin at 0", CHUNK_SECT, 1, 1, ERR_DAMAGED, ""},
		{"the first section's document", CHUNK_SECT, 2, 1, ERR_DAMAGED, "a section's document"},
		{"all text", CHUNK_SECT, -1, 1, ERR_DAMAGED, "sections"},
		{"a group begins later", CHUNK_SCIX, 4, 1, ERR_DAMAGED, "section"},
		{"bare, and is not", CHUNK_BARE, 0, 1, ERR_DAMAGED, "flags of a section"},
		{"bits of sections that are not there", CHUNK_BARE, -1, 0x80, ERR_DAMAGED, "bits of sections"},
		{"documents begin later", CHUNK_DOCS, 0, 1, ERR_DAMAGED, "order of sections"},
		{"a document's first section", CHUNK_DOCS, 4, 1, ERR_DAMAGED, "a section"},
		{"a document ends after all", CHUNK_DOCS, 7, 1, ERR_DAMAGED, "sections of a document"},
		{"documents end later", CHUNK_DOCS, -4, 1, ERR_DAMAGED, "number of sections"},
		{"a section that has no copies", CHUNK_COPY, 0, -1, ERR_DAMAGED, "a ring of copies"},
		{"a section that is not there", CHUNK_COPY, 3, 1, ERR_DAMAGED, "a copy"},
		{"the next copy is none", CHUNK_COPY, 4, 8, ERR_DAMAGED, "a copy"},
		{"a ring that is two", CHUNK_COPY, 12, -1, ERR_DAMAGED, "a ring of copies"},
		{"copies out of order", CHUNK_COPY, 8, 1, ERR_DAMAGED, "copies"},
		{"a key that passes its end", CHUNK_PROP, 0, 1, ERR_DAMAGED, "front matter"},
		{"values out of order", CHUNK_PROP, 6, 8, ERR_DAMAGED, "front matter"},
		{"a document that is not there", CHUNK_PROP, -1, 100, ERR_DAMAGED, "front matter"},
		{"heading too long", CHUNK_HEAD, 0, 0x7F, ERR_DAMAGED, ""},
		{"another field of a pattern", CHUNK_PATT, 7, 2, ERR_DAMAGED, "a pattern of frequencies"},
		{"a pattern of nothing", CHUNK_PATT, 0, -1, ERR_DAMAGED, "a pattern of frequencies"},
		{"where the text begins", CHUNK_TXIX, 0, 1, ERR_DAMAGED, ""},
		{"where a frame ends", CHUNK_TXIX, STORE_INDEX_BYTES + 8, 1, ERR_DAMAGED, ""},
		{"the dictionary is none", CHUNK_DICT, 0, 1, ERR_DAMAGED, ""},
	};
	const struct sound *sound = *state;

	assert_told(sound, "sound", ERR_NONE, NULL);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		unsigned char *byte;

		sound_restore(sound);
		byte = byte_at(table[i].chunk, table[i].offset);
		*byte = (unsigned char)(*byte + table[i].add);
		assert_told(sound, table[i].what, table[i].kind, table[i].message);
	}
}

/* Of each layer's three chunks: where lists are, terms, order. */
static void every_lexicon_is_checked(void **state)
{
	static const struct {
		const char *what;
		unsigned part; /* postings, leaves, index */
		ptrdiff_t offset;
		int add;
		const char *message;
	} table[] = {
		{"a group more", 1, 0, 1, ""},
		{"lists begin later", 1, 2, 1, ""},
		{"the first term's first byte", 2, 7, 1, ""},
		{"where the first leaf is", 2, 8, 1, ""},
	};
	const struct sound *sound = *state;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
			unsigned char *byte;

			sound_restore(sound);
			byte = byte_at(segment_layer_chunks[layer][table[i].part], table[i].offset);
			*byte = (unsigned char)(*byte + table[i].add);
			assert_told(sound, table[i].what, ERR_DAMAGED, table[i].message);
		}
	}
}

/* A file whose named chunks are others. */
static void replace_chunks(const struct sound *sound, const struct image_chunk *others, size_t count)
{
	struct image_chunk chunks[CONTAINER_CHUNKS];
	struct container container;
	struct err err = {0};

	assert_int_equal(container_open(&container, buf_span(&sound->segment), SEGMENT_KIND, "f", &err), 0);
	for (unsigned i = 0; i < container.chunk_count; i++) {
		const struct chunk *chunk = &container.chunks[i];

		chunks[i].name = chunk->name;
		chunks[i].bytes = (struct span){sound->segment.data + chunk->offset, (size_t)chunk->length};
		for (size_t k = 0; k < count; k++)
			if (others[k].name == chunk->name)
				chunks[i].bytes = others[k].bytes;
	}
	image_make(&patched.segment, SEGMENT_KIND, chunks, container.chunk_count);
	container_close(&container);
}

/* Postings of one term, as they are to be written. */
struct lists {
	bool apart;
	struct buf postings[WORD_LISTS]; /* arrays of struct posting: strong and weak, or all and none */
	uint32_t count;                  /* what the lexicon says */
};

typedef void change(struct lists *lists);

/* Writes a layer anew, by what the headers say of its shape; `edit` changes the term `target`. */
struct rewriter {
	struct index index;
	struct segment_reader *segment;
	enum layer layer;
	struct span target;
	change *edit;
	unsigned edited;
	struct lexicon_writer lexicon;
	struct buf postings;
};

static void read_list(struct rewriter *r, const struct posting_list *list, struct buf *out)
{
	struct posting_cursor cursor;
	struct posting posting;
	struct err err = {0};

	assert_int_equal(segment_cursor(r->segment, r->layer, list, &cursor, &err), 0);
	while (posting_cursor_next(&cursor, &posting.number) > 0) {
		assert_int_equal(posting_cursor_value(&cursor, &posting.value), 1);
		buf_add(out, &posting, sizeof posting);
	}
}

static void read_lists(struct rewriter *r, const struct lexicon_entry *entry, struct lists *out)
{
	struct posting_list lists[WORD_LISTS];
	struct err err = {0};
	int count = segment_lists(r->segment, r->layer, entry, lists, &err);

	*out = (struct lists){.count = entry->count};
	out->apart = r->layer == LAYER_WORDS && entry->count > POSTING_BLOCK;
	for (int i = 0; i < count; i++)
		read_list(r, &lists[i], &out->postings[out->apart && !lists[i].strong]);
}

/* Impacts of the list, and then of its blocks. */
static void make_impacts(struct rewriter *r, const struct buf *postings, struct buf *impacts)
{
	struct impact_writer *writers = test_calloc(2, sizeof *writers);
	size_t count = BUF_COUNT(postings, struct posting);
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		const struct posting *posting = &BUF_AT(postings, struct posting, i);
		const struct pattern *pattern = segment_pattern(r->segment, posting->value, &err);
		const unsigned char *lengths = posting->number < r->segment->meta.section_count
						       ? segment_lengths(r->segment, posting->number, &err)
						       : NULL;

		if (pattern && lengths)
			impact_add(&writers[1], pattern, lengths);
		if ((i + 1) % POSTING_BLOCK == 0 || i + 1 == count) {
			impact_encode(&writers[1], &impacts[1 + i / POSTING_BLOCK]);
			impact_merge(&writers[0], &writers[1]);
			impact_reset(&writers[1]);
		}
	}
	impact_encode(&writers[0], &impacts[0]);
	test_free(writers);
}

static void add_list(struct rewriter *r, const struct buf *postings, struct buf *out)
{
	size_t count = BUF_COUNT(postings, struct posting);
	struct buf impacts[16] = {{0}};
	bool has_impacts = r->layer == LAYER_WORDS && count > POSTING_BLOCK;

	assert_true(count < 14 * POSTING_BLOCK || !has_impacts);
	if (has_impacts)
		make_impacts(r, postings, impacts);
	if (count)
		posting_encode(out, &BUF_AT(postings, struct posting, 0), count, has_impacts ? impacts : NULL);
	for (size_t i = 0; i < sizeof impacts / sizeof impacts[0]; i++)
		buf_release(&impacts[i]);
}

static void write_term(struct rewriter *r, struct span text, const struct lists *lists)
{
	struct lexicon_entry entry = {.text = text, .count = lists->count};
	struct buf bytes = {0};
	struct buf strong = {0};

	add_list(r, &lists->postings[0], lists->apart ? &strong : &bytes);
	if (lists->apart) {
		word_list_head(&bytes, (uint32_t)BUF_COUNT(&lists->postings[0], struct posting), strong.n);
		buf_add_span(&bytes, buf_span(&strong));
		add_list(r, &lists->postings[1], &bytes);
	}
	if (entry.count == 1)
		entry.list = buf_span(&bytes);
	else
		buf_add_span(&r->postings, buf_span(&bytes));
	entry.bytes = entry.count == 1 ? 0 : bytes.n;
	lexicon_add(&r->lexicon, &entry);
	buf_release(&bytes);
	buf_release(&strong);
}

static void write_terms(struct rewriter *r)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct err err = {0};

	assert_int_equal(lexicon_scan_start(&scan, &r->segment->layers[r->layer].lexicon, (struct span){NULL, 0}, &err),
			 0);
	while (lexicon_scan_next(&scan, &entry, &err) > 0) {
		struct lists lists;

		read_lists(r, &entry, &lists);
		if (r->edit && (span_equal(entry.text, r->target) || r->target.n == 0)) {
			r->edited++;
			r->edit(&lists);
		}
		write_term(r, entry.text, &lists);
		buf_release(&lists.postings[0]);
		buf_release(&lists.postings[1]);
	}
	assert_int_equal(err.kind, ERR_NONE);
	lexicon_finish(&r->lexicon);
	assert_false(r->lexicon.failed || r->postings.failed);
}

/* The patched segment with a layer written anew. No target: every term is changed. */
static void rewrite(const struct sound *sound, enum layer layer, const char *target, change *edit)
{
	struct rewriter r = {.layer = layer, .target = span_of(target), .edit = edit};
	const uint32_t *names = segment_layer_chunks[layer];
	struct err err = {0};

	sound_restore(sound);
	assert_int_equal(index_open(&r.index, &patched_io, sound->scratch.index, &err), 0);
	r.segment = &r.index.segments[0];
	write_terms(&r);
	replace_chunks(sound,
		       (const struct image_chunk[]){{names[0], buf_span(&r.postings)},
						    {names[1], buf_span(&r.lexicon.leaves)},
						    {names[2], buf_span(&r.lexicon.index)}},
		       3);
	if (edit && !r.edited)
		fail_msg("%s is not there", target);
	index_close(&r.index);
	lexicon_writer_release(&r.lexicon);
	buf_release(&r.postings);
}

/* So what is found out about a layer written anew is found out about its change. */
static void a_layer_is_what_its_headers_say(void **state)
{
	const struct sound *sound = *state;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		rewrite(sound, (enum layer)layer, "", NULL);
		assert_true(span_equal(buf_span(&patched.segment), buf_span(&sound->segment)));
	}
	assert_told(sound, "as it was", ERR_NONE, NULL);
}

static struct posting take(struct buf *list, size_t i)
{
	struct posting taken = BUF_AT(list, struct posting, i);
	size_t count = BUF_COUNT(list, struct posting);

	memmove(&BUF_AT(list, struct posting, i), &BUF_AT(list, struct posting, i) + 1, (count - i - 1) * sizeof taken);
	list->n -= sizeof taken;
	return taken;
}

static void put(struct buf *list, struct posting posting)
{
	size_t i = BUF_COUNT(list, struct posting);

	buf_add(list, &posting, sizeof posting);
	for (; i > 0 && BUF_AT(list, struct posting, i - 1).number > posting.number; i--)
		BUF_AT(list, struct posting, i) = BUF_AT(list, struct posting, i - 1);
	BUF_AT(list, struct posting, i) = posting;
}

static void strong_into_weak(struct lists *lists)
{
	put(&lists->postings[1], take(&lists->postings[0], 2));
}

static void weak_into_strong(struct lists *lists)
{
	put(&lists->postings[0], take(&lists->postings[1], 2));
}

/* A section of the weak list also in the strong one, with a pattern that is strong. */
static void into_both(struct lists *lists)
{
	struct posting both = {BUF_AT(&lists->postings[1], struct posting, 5).number,
			       BUF_AT(&lists->postings[0], struct posting, 0).value};

	put(&lists->postings[0], both);
	lists->count++;
}

static void pattern_that_is_not_there(struct lists *lists)
{
	BUF_AT(&lists->postings[0], struct posting, 0).value = 1 << 20;
}

static void section_that_is_not_there(struct lists *lists)
{
	struct buf *list = &lists->postings[lists->postings[1].n > 0];

	BUF_AT(list, struct posting, BUF_COUNT(list, struct posting) - 1).number += 100000;
}

static void one_fewer_than_said(struct lists *lists)
{
	struct buf *list = &lists->postings[lists->postings[1].n > 0];

	take(list, BUF_COUNT(list, struct posting) - 1);
}

static void one_more_than_said(struct lists *lists)
{
	struct buf *list = &lists->postings[lists->postings[1].n > 0];
	struct posting last = BUF_AT(list, struct posting, BUF_COUNT(list, struct posting) - 1);

	last.number++;
	put(list, last);
}

static void value_of_its_own(struct lists *lists)
{
	BUF_AT(&lists->postings[0], struct posting, 0).value = 1;
}

/* Words of the notes: 租金 has several blocks in both lists, 成本 in the weak one only, 咖啡豆 a few postings. */
static void every_list_that_lies_is_found(void **state)
{
	static const struct {
		const char *what;
		const char *word;
		change *edit;
	} table[] = {
		{"a strong posting in the weak list", "租金", strong_into_weak},
		{"a strong posting in the weak list, of a short strong one", "成本", strong_into_weak},
		{"a weak posting in the strong list", "租金", weak_into_strong},
		{"a weak posting in the strong list of one block", "成本", weak_into_strong},
		{"a section in both lists", "租金", into_both},
		{"a section in both lists, one of them short", "成本", into_both},
		{"a pattern that is not there", "咖啡豆", pattern_that_is_not_there},
		{"a section that is not there", "咖啡豆", section_that_is_not_there},
		{"a section that is not there, in blocks", "租金", section_that_is_not_there},
		{"a posting fewer", "咖啡豆", one_fewer_than_said},
		{"a posting fewer, in blocks", "租金", one_fewer_than_said},
		{"a posting more", "咖啡豆", one_more_than_said},
		{"a posting more, in blocks", "租金", one_more_than_said},
	};
	const struct sound *sound = *state;

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		rewrite(sound, LAYER_WORDS, table[i].word, table[i].edit);
		assert_told(sound, table[i].what, ERR_DAMAGED, "a posting list");
	}
	rewrite(sound, LAYER_UNITS, "abc", value_of_its_own);
	assert_told(sound, "a unit's value", ERR_DAMAGED, "a posting list");
	rewrite(sound, LAYER_UNITS, "abc", section_that_is_not_there);
	assert_told(sound, "a group of frames that is not there", ERR_DAMAGED, "a posting list");
	rewrite(sound, LAYER_GRAMS, "\x79\xdf", section_that_is_not_there);
	assert_told(sound, "a gram's section that is not there", ERR_DAMAGED, "a posting list");
}

/* Bytes between two lists, and after the last. */
static void gaps_between_lists_are_found(void **state)
{
	const struct sound *sound = *state;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		uint32_t name = segment_layer_chunks[layer][0];
		struct chunk chunk = find_chunk(&sound->segment, name);
		struct buf bytes = {0};

		buf_add(&bytes, sound->segment.data + chunk.offset, (size_t)chunk.length);
		buf_add_byte(&bytes, 0);
		replace_chunks(sound, &(const struct image_chunk){name, buf_span(&bytes)}, 1);
		assert_told(sound, "a byte after the last list", ERR_DAMAGED, "a posting list");
		bytes.n -= 2;
		replace_chunks(sound, &(const struct image_chunk){name, buf_span(&bytes)}, 1);
		assert_told(sound, "a byte of the last list is missing", ERR_DAMAGED, "");
		buf_release(&bytes);
	}
}

/* A posting as a bound sees it. */
struct seen {
	struct pattern pattern;
	unsigned char lengths[CHANNEL_LENGTHS];
};

static struct seen see(struct segment_reader *segment, struct posting_cursor *cursor, uint32_t number)
{
	const struct pattern *pattern;
	const unsigned char *lengths;
	struct seen seen = {.pattern = {.fields = 0}};
	struct err err = {0};
	uint32_t value = 0;

	assert_int_equal(posting_cursor_value(cursor, &value), 1);
	pattern = segment_pattern(segment, value, &err);
	lengths = segment_lengths(segment, number, &err);
	if (pattern && lengths) {
		seen.pattern = *pattern;
		memcpy(seen.lengths, lengths, CHANNEL_LENGTHS);
	}
	return seen;
}

/* Of a list of 租金, or of one of its blocks, the postings (an array of struct seen) and where in the file its impacts are. */
static size_t find_impact(const struct sound *sound, bool strong, int block, struct span *impact, struct buf *postings)
{
	struct posting_list lists[WORD_LISTS];
	struct posting_cursor cursor;
	struct lexicon_entry entry;
	struct index index;
	struct segment_reader *segment;
	struct err err = {0};
	uint32_t number;
	size_t at;

	assert_int_equal(index_open(&index, &patched_io, sound->scratch.index, &err), 0);
	segment = &index.segments[0];
	assert_int_equal(segment_find(segment, LAYER_WORDS, span_of("租金"), &entry, &err), 1);
	assert_int_equal(segment_lists(segment, LAYER_WORDS, &entry, lists, &err), 2);
	assert_int_equal(segment_cursor(segment, LAYER_WORDS, &lists[!strong], &cursor, &err), 0);
	*impact = cursor.impact;
	buf_reset(postings);
	for (int i = 0; posting_cursor_next(&cursor, &number) > 0; i++) {
		struct seen seen;

		if (block >= 0 && i / POSTING_BLOCK != block)
			continue;
		seen = see(segment, &cursor, number);
		buf_add(postings, &seen, sizeof seen);
		if (block >= 0)
			*impact = posting_cursor_impact(&cursor);
	}
	at = (size_t)(impact->p - index.segments[0].container.bytes.p);
	impact->p = sound->segment.data + at;
	index_close(&index);
	return at;
}

static bool covers(const struct impact_pair *pairs, unsigned count, uint8_t frequency, uint8_t length)
{
	for (unsigned i = 0; i < count; i++)
		if (pairs[i].frequency >= frequency && pairs[i].length <= length)
			return true;
	return false;
}

/* By the words of impact.h: for every posting and every field some pair is as good. */
static bool keeps_its_promise(const struct impact *impact, const struct buf *postings)
{
	for (size_t i = 0; i < BUF_COUNT(postings, struct seen); i++) {
		const struct seen *seen = &BUF_AT(postings, struct seen, i);

		for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
			bool body = field == CHANNEL_BODY;

			if (seen->pattern.frequency[field] &&
			    (!(impact->fields >> field & 1) ||
			     !covers(body ? impact->body : &impact->other[field], body ? impact->body_pairs : 1,
				     seen->pattern.frequency[field], seen->lengths[field])))
				return false;
		}
	}
	return true;
}

/* Every byte of impacts a little more and a little less: told when it promises too little, and only then. */
static void impacts_that_promise_too_little_are_found(void **state)
{
	const struct sound *sound = *state;
	struct buf postings = {0};
	unsigned lies = 0;
	unsigned others = 0;

	for (unsigned which = 0; which < 6; which++) {
		struct span impact;
		size_t at;

		sound_restore(sound);
		at = find_impact(sound, which % 2, (int)which / 2 - 1, &impact, &postings);
		for (size_t i = 0; i < 4 * impact.n; i++) {
			struct impact changed;
			bool is_kept;

			sound_restore(sound);
			patched.segment.data[at + i / 4] = (char)(impact.p[i / 4] + (int[]){-2, -1, 1, 2}[i % 4]);
			if (!impact_decode(&changed, (struct span){patched.segment.data + at, impact.n}))
				continue;
			is_kept = keeps_its_promise(&changed, &postings);
			assert_told(sound, "an impact", is_kept ? ERR_NONE : ERR_DAMAGED,
				    is_kept ? NULL : "a posting list");
			lies += !is_kept;
			others += is_kept;
		}
	}
	assert_true(lies > 20 && others > 20);
	buf_release(&postings);
}

/* The manifest. Of its documents: the place of the first one (root and state), a letter of its path, and where the second group of
 * them begins. Of the user dictionary (对账单 按季付 租金成本): its count, the first word's end, the first letters of it. */
static void the_manifest_is_checked(void **state)
{
	static const struct {
		const char *what;
		size_t chunk; /* in the order of the file: INFO, DOCS, DCIX, WORD, SYNO */
		size_t offset;
		int add;
		const char *message;
	} table[] = {
		{"a document that is missing, and is not counted", 1, 0, 1, "documents that are missing"},
		{"a root that there is not", 1, 0, 4, "a document"},
		{"a state that there is not", 1, 0, 3, "a document"},
		{"a path that goes on from nothing", 1, 1, 1, "a document"},
		{"a longer path", 1, 2, 100, "a document"},
		{"documents begin later", 2, 0, 1, "a group of documents"},
		{"a group ends before", 2, 4, -1, "a group of documents"},
		{"a user word more", 3, 0, 1, "user dictionary"},
		{"more user words than bytes", 3, 2, 1, "user dictionary"},
		{"a user word's end", 3, 4, 1, "user dictionary"},
		{"user words out of order", 3, 16, 2, "user dictionary"},
		{"a synonym more than there are groups of", 4, 0, 1, "synonyms"},
		{"a synonym that is not in the list", 4, 20, 1, "synonyms"},
		{"a synonym's end", 4, 24, 1, "synonyms"},
	};
	const struct sound *sound = *state;

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct container container;
		struct err err = {0};
		char *byte;

		sound_restore(sound);
		assert_int_equal(container_open(&container, buf_span(&patched.manifest), MANIFEST_KIND, "f", &err), 0);
		byte = patched.manifest.data + container.chunks[table[i].chunk].offset + table[i].offset;
		container_close(&container);
		*byte = (char)(*byte + table[i].add);
		assert_told(sound, table[i].what, ERR_DAMAGED, table[i].message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_that_lies_is_found),
		cmocka_unit_test(every_lexicon_is_checked),
		cmocka_unit_test(a_layer_is_what_its_headers_say),
		cmocka_unit_test(every_list_that_lies_is_found),
		cmocka_unit_test(gaps_between_lists_are_found),
		cmocka_unit_test(impacts_that_promise_too_little_are_found),
		cmocka_unit_test(the_manifest_is_checked),
	};

	return cmocka_run_group_tests(tests, make, release);
}
