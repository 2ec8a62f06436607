#include "options.h"

#include "buf.h"
#include "unit.h"

enum { KEY_DEEP = OPTION_LONG, KEY_WHEN };

static const struct option_spec specs[] = {
	{'n', "limit", "N", "at most N"},
	{'q', "quiet", NULL, "say nothing"},
	{'l', "list", NULL, "list"},
	{KEY_DEEP, "deep", NULL, "look deep"},
	{KEY_WHEN, "when", "[WHEN]", "when to do it, which has to be told in so many words that they fill two lines"},
	{0, NULL, NULL, NULL},
};

enum { ARGUMENTS = 8 };

/* In short: a key or `.` for an operand, `=` and its value, `!` and the message of an error; `;` after each. */
static void describe(struct buf *out, char **argv)
{
	struct err err = {0};
	struct options *options;
	const char *value;
	int argc = 0;
	int key;

	while (argv[argc])
		argc++;
	options = options_new(specs, argc, argv, &err);
	assert_non_null(options);
	while ((key = options_next(options, &value, &err)) > OPTION_END) {
		if (key == OPTION_OPERAND)
			buf_add_text(out, options_ended(options) ? "-- ." : ".");
		else if (key == KEY_DEEP || key == KEY_WHEN)
			buf_add_text(out, key == KEY_DEEP ? "deep" : "when");
		else
			buf_add_byte(out, (unsigned char)key);
		if (value)
			buf_printf(out, "=%s", value);
		buf_add_text(out, ";");
	}
	if (key == OPTION_ERROR) {
		assert_int_equal(err.kind, ERR_USAGE);
		buf_printf(out, "!%s;", err.text);
	} else {
		assert_int_equal(options_next(options, &value, &err), OPTION_END);
		assert_int_equal(options_next(options, &value, &err), OPTION_END);
	}
	options_free(options);
}

#define P (char *)"program"
#define A (char *)

static void reads_options_and_operands(void **state)
{
	static const struct {
		char *argv[ARGUMENTS];
		const char *read;
	} table[] = {
		{{P}, ""},
		{{P, A "商业"}, ".=商业;"},
		{{P, A "a", A "-q", A "b"}, ".=a;q;.=b;"},
		{{P, A "-n", A "5", A "a"}, "n=5;.=a;"},
		{{P, A "-n5", A "a"}, "n=5;.=a;"},
		{{P, A "-qln", A "5"}, "q;l;n=5;"},
		{{P, A "--limit", A "5"}, "n=5;"},
		{{P, A "--limit=5"}, "n=5;"},
		{{P, A "--limit="}, "n=;"},
		{{P, A "--lim", A "5", A "--dee"}, "n=5;deep;"},
		{{P, A "--when"}, "when;"},
		{{P, A "--when=now"}, "when=now;"},
		{{P, A "--when", A "now"}, "when;.=now;"},
		{{P, A "-n", A "-q"}, "n=-q;"},
		{{P, A "-"}, ".=-;"},
		{{P, A ""}, ".=;"},
		/* the end of options */
		{{P, A "-q", A "--", A "-l", A "--deep"}, "q;-- .=-l;-- .=--deep;"},
		{{P, A "--", A "--"}, "-- .=--;"},
		{{P, A "--"}, ""},
		{{P, A "--", A "-"}, "-- .=-;"},
		{{P, A "a", A "--", A "b"}, ".=a;-- .=b;"},
		{{P, A "-n", A "--", A "b"}, "n=--;.=b;"},
		/* a minus before what is not ASCII is text */
		{{P, A "商业", A "-草稿", A "-q"}, ".=商业;.=-草稿;q;"},
		{{P, A "-－q"}, ".=-－q;"},
		{{P, A "-n", A "-草稿"}, "n=-草稿;"},
		{{P, A "--", A "-草稿"}, "-- .=-草稿;"},
		/* no byte of ours leaks */
		{{P, A "\001a", A "-n", A "\001", A "--", A "\001\001"}, ".=\001a;n=\001;-- .=\001\001;"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char *argv[ARGUMENTS];
		struct buf out = {0};

		memcpy(argv, table[i].argv, sizeof argv);
		describe(&out, argv);
		assert_string_equal(buf_string(&out), table[i].read);
		assert_memory_equal(argv, table[i].argv, sizeof argv);
		buf_release(&out);
	}
}

static void names_what_it_refuses(void **state)
{
	static const struct {
		char *argv[ARGUMENTS];
		const char *read;
	} table[] = {
		{{P, A "-x"}, "!unknown option -x; see --help, or put -- before words that begin with -;"},
		{{P, A "-qx"}, "q;!unknown option -x; see --help, or put -- before words that begin with -;"},
		{{P, A "--nothing"},
		 "!unknown option --nothing; see --help, or put -- before words that begin with -;"},
		{{P, A "--nothing=1", A "a"},
		 "!unknown option --nothing=1; see --help, or put -- before words that begin with -;"},
		{{P, A "a", A "--草稿"},
		 ".=a;!unknown option --草稿; see --help, or put -- before words that begin with -;"},
		{{P, A "--li"}, "!option --li could be one of --limit --list;"},
		{{P, A "--=1"}, "!unknown option --=1; see --help, or put -- before words that begin with -;"},
		{{P, A "-\001"}, "!unknown option -\001; see --help, or put -- before words that begin with -;"},
		{{P, A "--l=1"}, "!option --l=1 could be one of --limit --list;"},
		{{P, A "--deep=1"}, "!option --deep takes no argument;"},
		{{P, A "--quiet=1"}, "!option --quiet takes no argument;"},
		{{P, A "-n"}, "!option --limit needs an argument (N);"},
		{{P, A "a", A "-qn"}, ".=a;q;!option --limit needs an argument (N);"},
		{{P, A "--limit"}, "!option --limit needs an argument (N);"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char *argv[ARGUMENTS];
		struct buf out = {0};

		memcpy(argv, table[i].argv, sizeof argv);
		describe(&out, argv);
		assert_string_equal(buf_string(&out), table[i].read);
		buf_release(&out);
	}
}

/* A message is one line of valid text, whatever was typed. */
static void refuses_bytes_without_echoing_half_a_character(void **state)
{
	char *argv[] = {P, A "-q草", NULL};
	struct buf out = {0};

	(void)state;
	describe(&out, argv);
	assert_string_equal(buf_string(&out),
			    "q;!unknown option -q草; see --help, or put -- before words that begin with -;");
	buf_release(&out);
}

static void two_command_lines_do_not_meet(void **state)
{
	char *first[] = {P, A "-q", A "a", A "b", NULL};
	char *second[] = {P, A "-l", A "c", NULL};
	struct err err = {0};
	struct options *options;
	const char *value;
	struct buf out = {0};

	(void)state;
	options = options_new(specs, 4, first, &err);
	assert_int_equal(options_next(options, &value, &err), 'q');
	options_free(options);
	describe(&out, second);
	assert_string_equal(buf_string(&out), "l;.=c;");
	buf_release(&out);
}

/* Reads `text` as the value of -n: 0 and the number, or -1 and the message. */
static int number(const char *text, uint64_t min, uint64_t max, uint64_t *out, struct err *err)
{
	char *argv[] = {P, A "-n", (char *)text, NULL};
	struct options *options = options_new(specs, 3, argv, err);
	const char *value;
	int status;

	assert_int_equal(options_next(options, &value, err), 'n');
	status = options_number(options, value, min, max, out, err);
	options_free(options);
	return status;
}

static void numbers_are_whole_and_in_range(void **state)
{
	static const char *const bad[] = {"",
					  " 5",
					  "5 ",
					  "+5",
					  "-1",
					  "-0",
					  "0x10",
					  "5k",
					  "1e3",
					  "1.",
					  "１",
					  "五",
					  "4",
					  "101",
					  "18446744073709551616",
					  "99999999999999999999999"};
	uint64_t got;
	struct err err = {0};

	(void)state;
	assert_int_equal(number("5", 5, 100, &got, &err), 0);
	assert_int_equal(got, 5);
	assert_int_equal(number("100", 5, 100, &got, &err), 0);
	assert_int_equal(got, 100);
	assert_int_equal(number("007", 5, 100, &got, &err), 0);
	assert_int_equal(got, 7);
	assert_int_equal(number("18446744073709551615", 0, UINT64_MAX, &got, &err), 0);
	assert_int_equal(got, UINT64_MAX);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		err = (struct err){0};
		assert_int_equal(number(bad[i], 5, 100, &got, &err), -1);
		assert_int_equal(err.kind, ERR_USAGE);
	}
	err = (struct err){0};
	assert_int_equal(number("5k", 5, 100, &got, &err), -1);
	assert_string_equal(err.text, "--limit=5k: not a whole number from 5 to 100");
}

static void choices_are_one_of_the_words(void **state)
{
	static const char *const words[] = {"auto", "always", NULL};
	char *argv[] = {P, A "--when=x", NULL};
	struct err err = {0};
	struct options *options = options_new(specs, 2, argv, &err);
	const char *value;

	(void)state;
	assert_int_equal(options_next(options, &value, &err), KEY_WHEN);
	assert_int_equal(options_choice(options, "auto", words, &err), 0);
	assert_int_equal(options_choice(options, "always", words, &err), 1);
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(options_choice(options, "alway", words, &err), -1);
	assert_string_equal(err.text, "--when=alway: not WHEN");
	options_free(options);
}

static void help_fits_80_columns(void **state)
{
	struct buf out = {0};

	(void)state;
	options_help(&out, specs);
	assert_string_equal(buf_string(&out),
			    "  -n, --limit=N                 at most N\n"
			    "  -q, --quiet                   say nothing\n"
			    "  -l, --list                    list\n"
			    "      --deep                    look deep\n"
			    "      --when[=WHEN]             when to do it, which has to be told in so many\n"
			    "                                words that they fill two lines\n");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_options_and_operands),
		cmocka_unit_test(names_what_it_refuses),
		cmocka_unit_test(refuses_bytes_without_echoing_half_a_character),
		cmocka_unit_test(two_command_lines_do_not_meet),
		cmocka_unit_test(numbers_are_whole_and_in_range),
		cmocka_unit_test(choices_are_one_of_the_words),
		cmocka_unit_test(help_fits_80_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
