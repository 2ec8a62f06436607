#include "front_matter.h"

#include "buf.h"
#include "random.h"
#include "unit.h"

/* What it is told as: key=value, with a bar behind each. */
static void describe(struct buf *out, struct span text)
{
	struct front_matter matter;
	struct span key;
	struct span value;

	buf_reset(out);
	front_matter_begin(&matter, (struct span){text.p, front_matter_length(text)});
	while (front_matter_next(&matter, &key, &value)) {
		buf_add_span(out, key);
		buf_add_byte(out, '=');
		buf_add_span(out, value);
		buf_add_byte(out, '|');
	}
}

static void gives_keys_and_values(void **state)
{
	static const struct {
		const char *text;
		const char *expected;
	} table[] = {
		{"", ""},
		{"---\n---\n", ""},
		{"---\ndraft: true\n---\n", "draft=true|"},
		{"---\r\n作者： 不是键\r\n---\r\n", ""},
		{"---\r\n作者: 张三\r\n---\r\n", "作者=张三|"},
		{"---\n\"quoted key\": 1\n---\n", ""},
		{"---\n\"key\": \"a: b\"\n---\n", "key=a: b|"},
		{"---\nempty:\nnext: 1\n---\n", "next=1|"},
		/* lists in brackets, of any key; of tags without them too */
		{"---\nby: [a, b]\n---\n", "by=a|by=b|"},
		{"---\nby: a, b\n---\n", "by=a, b|"},
		{"---\ntags: a, b\n---\n", "tags=a|tags=b|"},
		{"---\ntags: [\"a, b\", 'c', d] # e\n---\n", "tags=a, b|tags=c|tags=d|"},
		{"---\ntags: [a,\n  b,\n]\nby: c\n---\n", "tags=a|tags=b|by=c|"},
		{"---\ntags: [, ,]\n---\n", ""},
		/* a line for each */
		{"---\nby:\n  - a # c\n  - \"b, c\"\n- d\n---\n", "by=a|by=b, c|by=d|"},
		{"---\ntags:\n  - \"a, b\"\n---\n", "tags=a, b|"},
		{"---\ntext: |\n  one\n  two\n---\n", "text=one|text=two|"},
		/* TOML */
		{"+++\ntags = ['a', \"b\"]\nby = \"c\"\n[params]\nx = 1\n+++\n", "tags=a|tags=b|by=c|x=1|"},
		{"+++\n[params]\n+++\n", ""},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		describe(&out, span_of(table[i].text));
		if (!span_equal(buf_span(&out), span_of(table[i].expected)))
			fail_msg("%s: \"%s\", not \"%s\"", table[i].text, buf_string(&out), table[i].expected);
	}
	buf_release(&out);
}

/* Any text ends, and what comes out stands in it. */
static void takes_any_text(void **state)
{
	static const char *const pieces[] = {"---\n", "+++\n", "tags:", "a",  " ", "[",  "]", ",",
					     "\"",    "'",     "\n",    "- ", "#", "= ", "\t"};
	uint64_t seed = 3;
	struct buf text = {0};

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct front_matter matter;
		struct span key;
		struct span value;
		size_t count = 0;

		buf_reset(&text);
		buf_add_text(&text, "---\ntags: ");
		for (unsigned n = random_below(&seed, 30); n; n--)
			buf_add_text(&text, pieces[random_below(&seed, sizeof pieces / sizeof *pieces)]);
		buf_add_text(&text, "\n---\n");
		front_matter_begin(&matter, (struct span){text.data, front_matter_length(buf_span(&text))});
		while (front_matter_next(&matter, &key, &value)) {
			assert_true(key.n && key.p >= text.data && key.p + key.n <= text.data + text.n);
			assert_true(value.n && value.p >= text.data && value.p + value.n <= text.data + text.n);
			assert_true(++count <= text.n);
		}
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_keys_and_values),
		cmocka_unit_test(takes_any_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
