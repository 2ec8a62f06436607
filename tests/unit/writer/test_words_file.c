#include "words_file.h"

#include "scratch.h"
#include "unit.h"

static void collect(void *context, bool missing, const char *text)
{
	const char *name = strrchr(text, '/');

	assert_false(missing);
	buf_printf(context, "%s;", name ? name + 1 : text);
}

/* The words of the file, with blanks between; what was told is in `notes`. */
static void read_words(struct span file, struct buf *out, struct buf *notes)
{
	struct scratch scratch;
	struct user_words words;
	struct buf list = {0};
	struct err err = {0};

	scratch_make(&scratch);
	scratch_write_bytes(&scratch, "w", file);
	if (words_file_read(&list, &io_posix, scratch_path(&scratch, "w"), (struct words_file_notes){collect, notes},
			    &err) < 0)
		fail_msg("%s", err.text);
	assert_true(user_words_open(&words, buf_span(&list)) && user_words_check(&words));
	for (uint32_t i = 0; i < words.count; i++) {
		buf_add_text(out, i ? " " : "");
		buf_add_span(out, user_words_at(&words, i));
	}
	buf_release(&list);
	scratch_release(&scratch);
}

static void assert_words(const char *file, const char *expected, const char *told)
{
	struct buf out = {0};
	struct buf notes = {0};

	read_words(span_of(file), &out, &notes);
	assert_string_equal(buf_string(&out), expected);
	assert_string_equal(buf_string(&notes), told);
	buf_release(&out);
	buf_release(&notes);
}

static void reads_lines(void **state)
{
	(void)state;
	assert_words("", "", "");
	assert_words("大模型\n区块链", "区块链 大模型", "");
	assert_words("\xEF\xBB\xBF大模型\r\n\r\n  区块链  \r\n", "区块链 大模型", "");
	assert_words("# 一行说明\n#大模型\n\t碳中和\n", "碳中和", "");
	assert_words("大模型 120 n\n碳中和\t# 3\n", "大模型 碳中和", "");
	assert_words("區塊鏈\n区块链\nＡＩ大模型\nC++标准库\n", "ai大模型 c++标准库 区块链", "");
}

static void tells_what_is_no_word(void **state)
{
	(void)state;
	assert_words("，。\n大模型\n（大模型）\n", "大模型",
		     "w:1: no word: nothing but signs;w:3: no word: it begins or ends with a sign;");
	assert_words("词\n。\n。\n。\n。\n。\n。\n。\n。\n。\n。\n。\n。\n", "词",
		     "w:2: no word: nothing but signs;w:3: no word: nothing but signs;w:4: no word: nothing but signs;"
		     "w:5: no word: nothing but signs;w:6: no word: nothing but signs;w:7: no word: nothing but signs;"
		     "w:8: no word: nothing but signs;w:9: no word: nothing but signs;w:10: no word: nothing but signs;"
		     "w:11: no word: nothing but signs;w: 2 more lines cannot be taken;");
}

/* 255 bytes are a term. */
static void refuses_words_that_are_too_long(void **state)
{
	struct buf file = {0};
	struct buf out = {0};
	struct buf notes = {0};

	(void)state;
	for (unsigned i = 0; i < 85; i++)
		buf_add_text(&file, "链");
	read_words(buf_span(&file), &out, &notes);
	assert_int_equal(out.n, 255);
	assert_int_equal(notes.n, 0);
	buf_add_text(&file, "链\n词\n");
	buf_reset(&out);
	read_words(buf_span(&file), &out, &notes);
	assert_string_equal(buf_string(&out), "词");
	assert_string_equal(buf_string(&notes), "w:1: too long a word: more than 255 bytes;");
	buf_release(&file);
	buf_release(&out);
	buf_release(&notes);
}

typedef int read_function(struct buf *, const struct io *, const char *, struct words_file_notes, struct err *);

static void assert_refused(read_function *read, struct span file, const char *why)
{
	struct scratch scratch;
	struct buf list = {0};
	struct buf notes = {0};
	struct err err = {0};

	scratch_make(&scratch);
	scratch_write_bytes(&scratch, "w", file);
	assert_int_equal(
		read(&list, &io_posix, scratch_path(&scratch, "w"), (struct words_file_notes){collect, &notes}, &err),
		-1);
	assert_int_equal(err.kind, ERR_ENCODING);
	assert_string_equal(strstr(err.text, "/w:") + 1, why);
	buf_release(&list);
	buf_release(&notes);
	scratch_release(&scratch);
}

/* A file in another encoding, or of another kind, does not take the place of a dictionary. */
static void files_of_nothing_usable_are_errors(void **state)
{
	static const char other[] =
		"w:2: not UTF-8 text; convert the file first, for example: iconv -f GB18030 -t UTF-8";
	static const struct span zero = {"ai\nb\0\n", 6};

	(void)state;
	assert_refused(words_file_read, span_of("大模型\n\xB4\xF3\xC4\xA3\n"), other);
	assert_refused(words_file_read, span_of("AI\n# \xB4\xF3\nAI\n"), other);
	assert_refused(words_file_read, zero, other);
	assert_refused(words_file_read, (struct span){"\xFF\xFE-N\x87\x65\n\0", 8},
		       "w:1: not UTF-8 text; convert the file first, for example: iconv -f UTF-16LE -t UTF-8");
	assert_refused(words_file_read, span_of("\xA4\xA4\xA4\xE5\n\xB8\xEA\xB0\x54\n"),
		       "w:1: not UTF-8 text; convert the file first, for example: iconv -f Big5 -t UTF-8");
	assert_refused(words_file_read, span_of("# 词\n……\n"), "w: no line of it can be taken: give a word a line");
	assert_refused(synonyms_file_read, span_of("软件 軟體\n\xB4\xF3 \xC4\xA3\n"), other);
	assert_refused(synonyms_file_read, span_of("软件\n# 又\n程序\n"),
		       "w: no line of it can be taken: give words that mean the same, a group a line");
}

static void a_missing_file_is_an_error(void **state)
{
	struct buf list = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(
		words_file_read(&list, &io_posix, "/nonexistent/words", (struct words_file_notes){NULL, NULL}, &err),
		-1);
	assert_int_equal(err.kind, ERR_IO);
	assert_int_equal(list.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_lines),
		cmocka_unit_test(tells_what_is_no_word),
		cmocka_unit_test(refuses_words_that_are_too_long),
		cmocka_unit_test(files_of_nothing_usable_are_errors),
		cmocka_unit_test(a_missing_file_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
