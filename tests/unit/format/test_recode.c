#include "recode.h"

#include "image.h"
#include "random.h"
#include "unit.h"

struct tables {
	struct buf bytes;
	struct recode_writer writer;
	struct recode_reader reader;
};

static void make(struct tables *tables, const char *samples)
{
	*tables = (struct tables){0};
	assert_int_equal(recode_choose(&tables->writer, span_of(samples), &tables->bytes), 0);
	assert_int_equal(recode_open(&tables->reader, buf_span(&tables->bytes)), 1);
}

static void release(struct tables *tables)
{
	recode_writer_release(&tables->writer);
	recode_close(&tables->reader);
	buf_release(&tables->bytes);
}

/* The bytes of a text, then the text again: at once, and in steps. */
static void check(const struct tables *tables, struct span text, struct buf *out)
{
	char *exact;
	char *to = test_malloc(text.n + RECODE_SLACK);
	struct cursor c;
	size_t n = 0;

	buf_reset(out);
	recode_add(&tables->writer, text, out);
	assert_false(out->failed);
	exact = image_exact(buf_span(out));
	c = cursor_of((struct span){exact, out->n});
	assert_int_equal(recode_read(&tables->reader, &c, to, text.n, text.n), text.n);
	assert_memory_equal(to, text.p, text.n);
	assert_int_equal(cursor_left(&c), 0);
	c = cursor_of((struct span){exact, out->n});
	memset(to, 0, text.n);
	while (cursor_left(&c))
		n += recode_read(&tables->reader, &c, to + n, text.n - n, 1);
	assert_false(c.failed);
	assert_int_equal(n, text.n);
	assert_memory_equal(to, text.p, text.n);
	test_free(exact);
	test_free(to);
}

static void frequent_characters_take_two_bytes(void **state)
{
	static const struct {
		const char *text;
		const char *bytes;
	} table[] = {
		{"", ""},
		{"a", "a"},
		{"的", "\x80\x01"},
		{"一的", "\x80\x02\x80\x01"},
		{"twelve bytes", "twelve bytes"},
		{"twelve bytes的x", "twelve bytes\x80\x01x"},
		{"二", "二"}, /* stands twice in the samples */
		{"é的𝄞的", "é\x80\x01𝄞\x80\x01"},
		{"\x80", "\xFF\x80"},
		{"的\xE7\x9A", "\x80\x01\xFF\xE7\xFF\x9A"},
		{"\xF5的\xFF", "\xFF\xF5\x80\x01\xFF\xFF"},
		{"\xE7\x9A"
		 "ab",
		 "\xE7\x9A"
		 "ab"},
	};
	struct tables tables;
	struct buf out = {0};

	(void)state;
	make(&tables, "，的一，的一，的二，的二，的，的，一");
	assert_int_equal(tables.bytes.n, 6);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		check(&tables, span_of(table[i].text), &out);
		assert_true(span_equal(buf_span(&out), span_of(table[i].bytes)));
	}
	buf_release(&out);
	release(&tables);
}

/* Bytes of all kinds, in words so that each kind follows each. */
static void add_random(struct buf *text, uint64_t *seed)
{
	static const char *const pieces[] = {
		"的", "一", "的一，",   "二",   "a",    "eight by",     "a longer piece of ASCII",
		"é",  "𝄞",  "\xE7\x9A", "\xC1", "\xF8", "\xE0\x80\x80", "\n"};

	for (uint32_t i = random_below(seed, 30); i > 0; i--)
		buf_add_text(text, pieces[random_below(seed, sizeof pieces / sizeof pieces[0])]);
	if (random_below(seed, 4) == 0)
		buf_add_byte(text, (unsigned char)random_below(seed, 256));
}

static void any_bytes_come_back(void **state)
{
	struct tables tables;
	struct buf text = {0};
	struct buf out = {0};
	uint64_t seed = 1;

	(void)state;
	make(&tables, "，的一，的一，的二，的二，的，的，一");
	for (int i = 0; i < 20000; i++) {
		char *exact;

		buf_reset(&text);
		add_random(&text, &seed);
		exact = image_exact(buf_span(&text));
		check(&tables, (struct span){exact, text.n}, &out);
		test_free(exact);
	}
	buf_release(&text);
	buf_release(&out);
	release(&tables);
}

static void the_most_frequent_come_first(void **state)
{
	struct buf samples = {0};
	struct tables tables;
	struct buf out = {0};

	(void)state;
	/* more than there is room for, three of each; the last one four times */
	for (unsigned k = 0; k < 4; k++)
		for (uint32_t c = 0x4E00; c < 0x4E00 + 20000; c++)
			if (k < 3 || c == 0x4E00 + 19999)
				buf_add_text(&samples,
					     (const char[]){(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 63)),
							    (char)(0x80 | (c & 63)), '\0'});
	make(&tables, buf_string(&samples));
	assert_int_equal(tables.bytes.n, 2 * RECODE_MAX);
	assert_int_equal(load_u32((const unsigned char *)tables.bytes.data), (0x4E00 + 19999) | 0x4E00 << 16);
	check(&tables, buf_span(&samples), &out);
	release(&tables);
	buf_release(&samples);
	buf_release(&out);
}

static void malformed_tables_are_refused(void **state)
{
	static const char zeros[2 * RECODE_MAX + 2];
	struct recode_reader reader;

	(void)state;
	assert_int_equal(recode_open(&reader, (struct span){0}), 1);
	recode_close(&reader);
	assert_int_equal(recode_open(&reader, (struct span){"\x00\x08\xFF\xFF", 4}), 1);
	recode_close(&reader);
	assert_int_equal(recode_open(&reader, (struct span){"\x00\x08\xFF", 3}), 0);
	assert_int_equal(recode_open(&reader, (struct span){"\xFF\x07", 2}), 0);         /* two bytes in UTF-8 */
	assert_int_equal(recode_open(&reader, (struct span){"\x00\x4E\x00\xD8", 4}), 0); /* a surrogate */
	assert_int_equal(recode_open(&reader, (struct span){zeros, sizeof zeros}), 0);   /* too many */
}

static void malformed_bytes_are_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t room;
	} table[] = {
		{"\x80\x03", 3},     /* not in the table */
		{"\xC1\x01", 3},     /* the same */
		{"\x80", 3},         /* half of one */
		{"\x80\x01", 2},     /* no room */
		{"ab", 1},           /* the same */
		{"eight by", 7},     /* the same */
		{"\xC3", 2},         /* a character that ends too early */
		{"\xE4\xB8", 3},     /* the same */
		{"\xF0\x9D\x84", 4}, /* the same */
		{"\xC3\xA9", 1},     /* no room for one */
		{"\xFF", 1},         /* nothing after an escape */
		{"\xFFx", 0},        /* no room for it */
		{"\xF5", 1},         /* no first byte */
		{"\xFEx", 1},        /* the same */
	};
	struct tables tables;

	(void)state;
	make(&tables, "，的一，的一，的二，的二，的，的，一");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct span bytes = span_of(table[i].bytes);
		char *exact = image_exact(bytes);
		char *to = test_malloc(table[i].room + RECODE_SLACK);
		struct cursor c = cursor_of((struct span){exact, bytes.n});

		recode_read(&tables.reader, &c, to, table[i].room, SIZE_MAX);
		if (!c.failed)
			fail_msg("case %zu", i);
		test_free(exact);
		test_free(to);
	}
	release(&tables);
}

static void damage_never_leads_astray(void **state)
{
	struct tables tables;
	uint64_t seed = 7;

	(void)state;
	make(&tables, "，的一，的一，的二，的二，的，的，一");
	for (int i = 0; i < 50000; i++) {
		size_t n = random_below(&seed, 40);
		size_t room = random_below(&seed, 60);
		char *bytes = test_malloc(n + 1);
		char *to = test_malloc(room + RECODE_SLACK);
		struct cursor c = cursor_of((struct span){bytes, n});

		for (size_t k = 0; k < n; k++)
			bytes[k] = (char)(random_below(&seed, 3) ? "a\x80\x01\x02\xE4\xC3"[random_below(&seed, 6)]
								 : (int)random_below(&seed, 256));
		assert_true(recode_read(&tables.reader, &c, to, room, random_below(&seed, 60)) <= room);
		test_free(bytes);
		test_free(to);
	}
	release(&tables);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frequent_characters_take_two_bytes), cmocka_unit_test(any_bytes_come_back),
		cmocka_unit_test(the_most_frequent_come_first),       cmocka_unit_test(malformed_tables_are_refused),
		cmocka_unit_test(malformed_bytes_are_refused),        cmocka_unit_test(damage_never_leads_astray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
