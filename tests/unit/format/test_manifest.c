#include "manifest.h"

#include "image.h"
#include "random.h"
#include "unit.h"

#include <stdio.h>

enum { INFO = CONTAINER_NAME('I', 'N', 'F', 'O'), DOCS = CONTAINER_NAME('D', 'O', 'C', 'S') };
enum { GROUPS = CONTAINER_NAME('D', 'C', 'I', 'X') };

#define SPAN(text)                                                                                                     \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

static struct manifest_root roots[] = {{SPAN(".."), false}, {SPAN("../../笔记/一.md"), true}};
static struct span globs[] = {SPAN("*.md"), SPAN("!草稿/*"), SPAN("")};
static struct manifest_segment segments[] = {{SPAN("seg-1-abc.kbs"), {{1, 2, 3}}, 4000000000u},
					     {SPAN("seg-2"), {{9}}, 0}};
static const struct manifest_document documents[] = {
	{SPAN("a.md"), 0, 123, 1700000000123456789, 0xFEDCBA9876543210},
	{SPAN("库/二.md"), 0, UINT64_MAX, INT64_MIN, 0, DOCUMENT_REFUSED},
	{SPAN("一.md"), 1, 0, -1, UINT64_MAX, DOCUMENT_UNREADABLE},
};

static const struct manifest some = {.generation = 0x0123456789ABCDEF,
				     .built = 1700000000,
				     .fingerprint = {{0xAA, 0xBB}},
				     .roots = roots,
				     .root_count = 2,
				     .globs = globs,
				     .glob_count = 3,
				     .words = SPAN("\1\0\0\0\1\0\0\0a"),
				     .synonyms = SPAN("bytes"),
				     .segments = segments,
				     .segment_count = 2};

static void encode(struct buf *image, const struct manifest *manifest, size_t document_count)
{
	struct err err = {0};
	struct out out;

	buf_reset(image);
	image_out(&out, image, &err);
	assert_int_equal(manifest_encode(&out, manifest, documents, document_count, &err), 0);
	assert_int_equal(out_flush(&out), 0);
	out_release(&out);
}

static void assert_lists(const struct manifest *got, const struct manifest *expected)
{
	assert_int_equal(got->root_count, expected->root_count);
	for (size_t i = 0; i < expected->root_count; i++) {
		assert_true(span_equal(got->roots[i].path, expected->roots[i].path));
		assert_int_equal(got->roots[i].path.p[got->roots[i].path.n], '\0');
		assert_int_equal(got->roots[i].file, expected->roots[i].file);
	}
	assert_int_equal(got->glob_count, expected->glob_count);
	for (size_t i = 0; i < expected->glob_count; i++) {
		assert_true(span_equal(got->globs[i], expected->globs[i]));
		assert_int_equal(got->globs[i].p[got->globs[i].n], '\0');
	}
	assert_int_equal(got->segment_count, expected->segment_count);
	for (size_t i = 0; i < expected->segment_count; i++) {
		assert_true(span_equal(got->segments[i].name, expected->segments[i].name));
		assert_memory_equal(&got->segments[i].id, &expected->segments[i].id, sizeof got->segments[i].id);
		assert_int_equal(got->segments[i].sections, expected->segments[i].sections);
	}
}

static void assert_document(struct manifest *manifest, const struct manifest_document *all, uint32_t number)
{
	const struct manifest_document *expected = &all[number];
	struct manifest_document got;
	struct err err = {0};

	assert_int_equal(manifest_document(manifest, number, &got, &err), 0);
	assert_true(span_equal(got.path, expected->path));
	assert_int_equal(got.root, expected->root);
	assert_int_equal(got.size, expected->size);
	assert_int_equal(got.mtime_ns, expected->mtime_ns);
	assert_int_equal(got.hash, expected->hash);
	assert_int_equal(got.state, expected->state);
}

static void round_trip(const struct manifest *manifest, size_t document_count)
{
	struct buf image = {0};
	struct arena arena = {0};
	struct manifest got;
	struct manifest_document none;
	struct err err = {0};

	encode(&image, manifest, document_count);
	assert_int_equal(manifest_open(&got, buf_span(&image), "f", &arena, &err), 0);
	assert_int_equal(got.generation, manifest->generation);
	assert_int_equal(got.built, manifest->built);
	assert_memory_equal(&got.fingerprint, &manifest->fingerprint, sizeof got.fingerprint);
	assert_lists(&got, manifest);
	assert_true(span_equal(got.words, manifest->words));
	assert_true(span_equal(got.synonyms, manifest->synonyms));
	assert_int_equal(got.document_count, document_count);
	for (uint32_t i = 0; i < document_count; i++)
		assert_document(&got, documents, i);
	assert_int_equal(manifest_document(&got, (uint32_t)document_count, &none, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	manifest_close(&got);
	arena_release(&arena);
	buf_release(&image);
}

static void what_is_written_is_read(void **state)
{
	static const struct manifest empty = {.built = -1};
	struct manifest one = some;

	(void)state;
	round_trip(&empty, 0);
	round_trip(&some, 0);
	round_trip(&some, 3);
	one.glob_count = 0;
	one.segment_count = 1;
	round_trip(&one, 1);
}

/* The three chunks of a sound manifest, to be changed one at a time. */
struct parts {
	struct buf image;
	struct span chunks[3];
};

static void take_apart(struct parts *parts)
{
	static const uint32_t names[] = {INFO, DOCS, GROUPS};
	struct container container;
	struct err err = {0};

	encode(&parts->image, &some, 3);
	assert_int_equal(container_open(&container, buf_span(&parts->image), MANIFEST_KIND, "f", &err), 0);
	for (size_t i = 0; i < 3; i++) {
		struct chunk chunk;

		assert_int_equal(container_find(&container, names[i], &chunk, &err), 0);
		parts->chunks[i] = (struct span){parts->image.data + chunk.offset, (size_t)chunk.length};
	}
	container_close(&container);
}

/* Opens a manifest of these chunks and reads all its documents. */
static enum err_kind judge(struct span info, struct span docs, struct span groups)
{
	const struct image_chunk chunks[] = {{INFO, info}, {DOCS, docs}, {GROUPS, groups}};
	struct buf image = {0};
	struct arena arena = {0};
	struct manifest manifest;
	struct err err = {0};
	char *exact;

	image_make(&image, MANIFEST_KIND, chunks, 3);
	exact = image_exact(buf_span(&image));
	if (manifest_open(&manifest, (struct span){exact, image.n}, "f", &arena, &err) == 0) {
		struct manifest_document document;

		for (uint32_t i = 0; i < manifest.document_count; i++)
			if (manifest_document(&manifest, i, &document, &err) == 0) {
				assert_true(document.root < manifest.root_count);
				checksum_32(document.path);
			}
		manifest_close(&manifest);
	}
	arena_release(&arena);
	test_free(exact);
	buf_release(&image);
	return err.kind;
}

static void info_cut_anywhere_is_refused(void **state)
{
	struct parts parts = {0};
	struct buf info = {0};

	(void)state;
	take_apart(&parts);
	assert_int_equal(judge(parts.chunks[0], parts.chunks[1], parts.chunks[2]), ERR_NONE);
	for (size_t n = 0; n < parts.chunks[0].n; n++)
		assert_int_equal(judge((struct span){parts.chunks[0].p, n}, parts.chunks[1], parts.chunks[2]),
				 ERR_DAMAGED);
	buf_add_span(&info, parts.chunks[0]);
	buf_add_byte(&info, 0);
	assert_int_equal(judge(buf_span(&info), parts.chunks[1], parts.chunks[2]), ERR_DAMAGED);
	buf_release(&info);
	buf_release(&parts.image);
}

/* `roots`, `globs`, `segments` claimed where none follow: no memory may be set aside for them. */
static enum err_kind judge_counts(uint64_t claimed[3])
{
	struct buf info = {0};
	enum err_kind kind;

	for (int i = 0; i < 40; i++)
		buf_add_byte(&info, 0);
	for (int i = 0; i < 3; i++)
		buf_add_varint(&info, claimed[i]);
	kind = judge(buf_span(&info), span_of(""), (struct span){"\0\0\0", 4});
	buf_release(&info);
	return kind;
}

static void counts_that_no_bytes_back_are_refused(void **state)
{
	static const uint64_t counts[] = {1, 127, UINT32_MAX, (uint64_t)1 << 40, UINT64_MAX / 40, UINT64_MAX};

	(void)state;
	assert_int_equal(judge_counts((uint64_t[]){0, 0, 0}), ERR_NONE);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		assert_int_equal(judge_counts((uint64_t[]){counts[i], 0, 0}), ERR_DAMAGED);
		assert_int_equal(judge_counts((uint64_t[]){0, counts[i], 0}), ERR_DAMAGED);
		assert_int_equal(judge_counts((uint64_t[]){0, 0, counts[i]}), ERR_DAMAGED);
	}
}

/* A group of documents whose bytes a case says, of a manifest with two roots and three documents. */
struct hostile {
	const char *what;
	unsigned char bytes[80];
	size_t n;
};

#define BYTES(...) {__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})
#define HASH       1, 2, 3, 4, 5, 6, 7, 8

static void malformed_documents_are_refused(void **state)
{
	static const struct hostile table[] = {
		{"sound", BYTES(0, 0, 1, 'a', 9, 2, HASH, 4, 1, 1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH)},
		{"a root too many", BYTES(8, 0, 1, 'a', 9, 2, HASH, 4, 1, 1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH)},
		{"a state too many", BYTES(3, 0, 1, 'a', 9, 2, HASH, 4, 1, 1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH)},
		{"shared with nothing", BYTES(0, 1, 1, 'a', 9, 2, HASH, 4, 1, 1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH)},
		{"shared too much", BYTES(0, 0, 1, 'a', 9, 2, HASH, 4, 2, 1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH)},
		{"a path past the end",
		 BYTES(0, 0, 1, 'a', 9, 2, HASH, 4, 1, 1, 'b', 9, 1, HASH, 6, 0, 11, 9, 0, HASH)},
		{"a size of 65 bits", BYTES(0, 0, 1, 'a', 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 2, HASH, 4, 1,
					    1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH)},
		{"bytes after the last",
		 BYTES(0, 0, 1, 'a', 9, 2, HASH, 4, 1, 1, 'b', 9, 1, HASH, 6, 0, 0, 9, 0, HASH, 0)},
	};
	struct parts parts = {0};

	(void)state;
	take_apart(&parts);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct buf groups = {0};

		buf_add_u32(&groups, 0);
		buf_add_u32(&groups, (uint32_t)table[i].n);
		if (judge(parts.chunks[0], (struct span){(const char *)table[i].bytes, table[i].n},
			  buf_span(&groups)) != (i ? ERR_DAMAGED : ERR_NONE))
			fail_msg("%s", table[i].what);
		buf_release(&groups);
	}
	buf_release(&parts.image);
}

static void documents_that_do_not_fit_are_refused(void **state)
{
	struct parts parts = {0};

	(void)state;
	take_apart(&parts);
	for (unsigned chunk = 1; chunk < 3; chunk++) {
		struct span chunks[3] = {parts.chunks[0], parts.chunks[1], parts.chunks[2]};

		for (size_t n = 0; n < parts.chunks[chunk].n; n++) {
			chunks[chunk].n = n;
			assert_int_equal(judge(chunks[0], chunks[1], chunks[2]), ERR_DAMAGED);
		}
	}
	assert_int_equal(judge(parts.chunks[0], parts.chunks[1], (struct span){"\1\0\0\0\1\0\0", 8}), ERR_DAMAGED);
	buf_release(&parts.image);
}

/* Documents of several groups, read in any order: whatever was read before. */
static void documents_are_read_in_any_order(void **state)
{
	enum { COUNT = 5 * MANIFEST_GROUP + 3 };
	static struct manifest_document many[COUNT];
	static char paths[COUNT][64];
	struct buf image = {0};
	struct arena arena = {0};
	struct manifest manifest;
	struct err err = {0};
	struct out out;
	uint64_t seed = 5;

	(void)state;
	for (uint32_t i = 0; i < COUNT; i++) {
		snprintf(paths[i], sizeof paths[i], "%s%u/%u.md", i % 7 ? "guides/" : "", i / 10, i);
		many[i] = (struct manifest_document){.path = span_of(paths[i]),
						     .root = i > COUNT / 2,
						     .size = random_below(&seed, 100000),
						     .mtime_ns = (int64_t)random_below(&seed, UINT32_MAX)
								 << random_below(&seed, 32),
						     .hash = random_below(&seed, UINT32_MAX),
						     .state = (enum document_state)random_below(&seed, 3)};
	}
	image_out(&out, &image, &err);
	assert_int_equal(manifest_encode(&out, &some, many, COUNT, &err), 0);
	assert_int_equal(out_flush(&out), 0);
	out_release(&out);
	assert_int_equal(manifest_open(&manifest, buf_span(&image), "f", &arena, &err), 0);
	assert_int_equal(manifest.document_count, COUNT);
	for (int i = 0; i < 5000; i++)
		assert_document(&manifest, many, i < COUNT ? (uint32_t)i : random_below(&seed, COUNT));
	manifest_close(&manifest);
	arena_release(&arena);
	buf_release(&image);
}

static void other_files_are_refused(void **state)
{
	static const struct image_chunk chunks[] = {{INFO, SPAN("")}, {DOCS, SPAN("")}};
	struct buf image = {0};
	struct arena arena = {0};
	struct manifest manifest;
	struct err err = {0};

	(void)state;
	image_make(&image, MANIFEST_KIND, chunks, 2);
	assert_int_equal(manifest_open(&manifest, buf_span(&image), "f", &arena, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	err = (struct err){0};
	image_make(&image, IMAGE_KIND, chunks, 2);
	assert_int_equal(manifest_open(&manifest, buf_span(&image), "f", &arena, &err), -1);
	assert_int_equal(err.kind, ERR_FOREIGN);
	err = (struct err){0};
	assert_int_equal(manifest_open(&manifest, span_of("# notes\n"), "f", &arena, &err), -1);
	assert_int_equal(err.kind, ERR_FOREIGN);
	err = (struct err){0};
	assert_int_equal(manifest_open(&manifest, span_of(""), "f", &arena, &err), -1);
	assert_int_equal(err.kind, ERR_FOREIGN);
	arena_release(&arena);
	buf_release(&image);
}

/* Any bytes in INFO and DOCS: damage, or a manifest whose every document can be read. */
static void damage_never_leads_astray(void **state)
{
	struct parts parts = {0};
	uint64_t seed = 3;

	(void)state;
	take_apart(&parts);
	for (int round = 0; round < 20000; round++) {
		struct buf chunks[2] = {{0}, {0}};
		enum err_kind kind;

		for (size_t i = 0; i < 2; i++)
			buf_add_span(&chunks[i], parts.chunks[i]);
		for (uint32_t i = random_below(&seed, 3); i < 3; i++) {
			struct buf *chunk = &chunks[random_below(&seed, 2)];

			chunk->data[random_below(&seed, (uint32_t)chunk->n)] = (char)random_below(&seed, 256);
		}
		kind = judge(buf_span(&chunks[0]), buf_span(&chunks[1]), parts.chunks[2]);
		assert_true(kind == ERR_NONE || kind == ERR_DAMAGED);
		buf_release(&chunks[0]);
		buf_release(&chunks[1]);
	}
	buf_release(&parts.image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(info_cut_anywhere_is_refused),
		cmocka_unit_test(counts_that_no_bytes_back_are_refused),
		cmocka_unit_test(malformed_documents_are_refused),
		cmocka_unit_test(documents_that_do_not_fit_are_refused),
		cmocka_unit_test(documents_are_read_in_any_order),
		cmocka_unit_test(other_files_are_refused),
		cmocka_unit_test(damage_never_leads_astray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
