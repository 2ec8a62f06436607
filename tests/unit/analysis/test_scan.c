#include "fold.h"
#include "random.h"
#include "scan.h"
#include "unit.h"
#include "utf8.h"

/* The compound at `at`. The short way to it may say nothing, but nothing else. */
static size_t scan_both(const struct scan_text *text, size_t at, struct buf *pieces)
{
	size_t plain = scan_plain_word(text, at);
	size_t before = BUF_COUNT(pieces, struct scan_piece);
	size_t end = scan_compound(text, at, pieces);

	if (plain == at)
		return end;
	assert_int_equal(plain, end);
	assert_int_equal(BUF_COUNT(pieces, struct scan_piece), before + 1);
	assert_int_equal(BUF_AT(pieces, struct scan_piece, before).start, at);
	assert_int_equal(BUF_AT(pieces, struct scan_piece, before).end, end);
	return end;
}

/* All compounds of a text as "word=part,part word2": a piece that is no part begins with a blank. */
static const char *scan(const char *source, struct buf *out)
{
	struct buf folded = {0};
	struct buf map = {0};
	struct buf pieces = {0};
	struct scan_text text = {.source = span_of(source)};

	fold_text(text.source, &folded, &map);
	text.folded = buf_span(&folded);
	text.map = (void *)map.data;
	buf_reset(out);
	for (size_t at = 0; at < folded.n;) {
		size_t end = scan_both(&text, at, &pieces);
		uint32_t code;
		bool valid;

		at = end > at ? end : at + utf8_next(folded.data + at, folded.n - at, &code, &valid);
	}
	for (size_t i = 0; i < BUF_COUNT(&pieces, struct scan_piece); i++) {
		struct scan_piece piece = BUF_AT(&pieces, struct scan_piece, i);
		bool first = i == 0 || !BUF_AT(&pieces, struct scan_piece, i - 1).part;

		assert_true(piece.start < piece.end && piece.end <= folded.n);
		if (i)
			buf_add_text(out, !piece.part ? " " : first ? "=" : ",");
		buf_add(out, folded.data + piece.start, piece.end - piece.start);
	}
	buf_release(&folded);
	buf_release(&map);
	buf_release(&pieces);
	return buf_string(out);
}

struct row {
	const char *text;
	const char *pieces;
};

static void assert_rows(const struct row *rows, size_t count)
{
	struct buf out = {0};

	for (size_t i = 0; i < count; i++)
		assert_string_equal(scan(rows[i].text, &out), rows[i].pieces);
	buf_release(&out);
}

#define ASSERT_ROWS(rows) assert_rows(rows, sizeof(rows) / sizeof *(rows))

static void plain_words(void **state)
{
	static const struct row rows[] = {
		{"", ""},
		{" \n，。—— ...", ""},
		{"Plain words, 42!", "plain words 42"},
		{"e\xCC\x81t\xC3\xA9 हिन्दी Ωmega", "e\xCC\x81t\xC3\xA9 हिन्दी ωmega"},
		{"\xCC\x81 alone", "alone"},
		{"用Vue写", "vue"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void connectors(void **state)
{
	static const struct row rows[] = {
		{"GPT-3", "gpt-3=gpt"},
		{"gpt-4o", "gpt-4o=gpt,4o"},
		{"Node.js", "node.js=node,js"},
		{"snake_case_name", "snake_case_name=snake,case,name"},
		{"TCP/IP CI/CD", "tcp/ip=tcp,ip ci/cd=ci,cd"},
		/* initials */
		{"R&D AT&T I/O a+b", "r&d at&t i/o a+b"},
		{"b-tree C/C++ v2.0 p&l2", "b-tree=b,tree c/c++=c,c++,c v2.0=v2 p&l2=p,l2"},
		{"me@mail.org", "me@mail.org=me,mail,org"},
		{"Ａ／Ｂ", "a/b"},
		/* only one, only between letters or digits, and only these */
		{"a--b a- -b _c_ d..e", "a b a b c d e"},
		{"end. Next", "end next"},
		{"a:b a,b a;b a~b a=b", "a b a b a b a b a b"},
		{"--where @vue/cli #include $scope", "where vue/cli=vue,cli include scope"},
		{"CPU/内存", "cpu"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void apostrophes(void **state)
{
	static const struct row rows[] = {
		{"don't", "don't=don"},         {"it’s", "it’s=it"},
		{"we'll", "we'll=we"},          {"O'Reilly", "o'reilly=o,reilly"},
		{"'quoted' ‘so’", "quoted so"}, {"'s", "s"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void numbers(void **state)
{
	static const struct row rows[] = {
		{"3.1 2.0.1 192.168.0.1", "3.1 2.0.1 192.168.0.1"},
		{"3，4 3,4 10:30", "3 4 3 4 10 30"},
		{"3．1", "3.1"},
		{"5G H100 int8 100ms", "5g h100 int8=int 100ms"},
		{"v2.0.1", "v2.0.1=v2"},
		{"50% -7 3. 4", "50 7 3 4"},
		/* a part of digits says something from the fourth on, but not in a decimal */
		{"Port-808 Port-8080", "port-808=port port-8080=port,8080"},
		{"CVE-2024-0042", "cve-2024-0042=cve,2024,0042"},
		{"2024-05-06", "2024-05-06=2024"},
		{"0.12345 1234.5 1.2024.3", "0.12345 1234.5 1.2024.3"},
		{"2024. 2024-01.", "2024 2024-01=2024"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void suffixes(void **state)
{
	static const struct row rows[] = {
		{"C++", "c++=c"},
		{"C# F#，G++。", "c#=c f#=f g++=g"},
		{"Ｃ＋＋", "c++=c"},
		{"C++11", "c++11=c++,c"},
		{"C++2a", "c++2a=c++,c"},
		{"C/C++", "c/c++=c,c++,c"},
		{"C++-style", "c++-style=c++,c,style"},
		{"Obj-C++", "obj-c++=obj,c++,c"},
		{"C#/F#", "c#/f#=c#,c,f#,f"},
		{"C++语言", "c++=c"},
		{"(i++)", "i++=i"},
		{"C#-", "c#=c"},
		/* too long, no letters, or something comes after */
		{"Word++", "word"},
		{"a1++", "a1"},
		{"1++", "1"},
		{"a++b a#b #a a#1", "a b a b a a 1"},
		{"a+ a ++", "a a"},
		{"C++", "c++=c"},
		{"C+", "c"},
		{"C##", "c#=c"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void leading_dots(void **state)
{
	static const struct row rows[] = {
		{".NET", ".net=net"},
		{"使用.NET", ".net=net"},
		{"ASP.NET", "asp.net=asp,net"},
		{".gitignore", ".gitignore=gitignore"},
		{"(.env.local)", ".env.local=env,local"},
		{"*.md src/.cache", ".md=md src .cache=cache"},
		{"..a ...b", "a b"},
		{"f().g a[0].b {}.c", "f g a 0 b c"},
		{". a .5", "a 5"},
		{"é\xCC\x81.x", "é\xCC\x81.x=é\xCC\x81,x"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void camel_case(void **state)
{
	static const struct row rows[] = {
		{"getElementById", "getelementbyid=get,element,by,id"},
		{"XMLHttpRequest", "xmlhttprequest=xml,http,request"},
		{"TiDBServer", "tidbserver=ti,db,server"},
		{"my_fooBar.bazQux", "my_foobar.bazqux=my,foobar,foo,bar,bazqux,baz,qux"},
		{"ＧｅｔＩｄ", "getid=get,id"},
		/* one letter is never cut off */
		{"iPhone IPv6 APIs CPUs getX HTML", "iphone ipv6=ipv apis cpus getx html"},
		{"Capital lower UPPER", "capital lower upper"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void letters_and_digits(void **state)
{
	static const struct row rows[] = {
		{"iphone15", "iphone15=iphone"},
		{"iPhone15Pro", "iphone15pro=iphone,pro"},
		{"utf8mb4", "utf8mb4=utf,mb"},
		{"Base64Encode", "base64encode=base,encode"},
		{"TS2304", "ts2304=ts,2304"},
		{"h264 x86 4k 3d K8s 2fa", "h264 x86 4k 3d k8s 2fa"},
		{"int64_t", "int64_t=int64,int,t"},
		{"UTF8Decoder@2024", "utf8decoder@2024=utf8decoder,utf,decoder,2024"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

static void large_compounds(void **state)
{
	static const struct row rows[] = {
		{"ab.b2.c1.d.e.f.g.h", "ab.b2.c1.d.e.f.g.h=ab,b2,c1,d,e,f,g,h"},
		{"a.b.c.d.e.f.g.h", "a.b.c.d.e.f.g.h"},
		{"a.b.c.d.e.f.g.h.i", "a b c d e f g h i"},
		{"a.b.c.d.e.f.g.h.fooBar.12.2024", "a b c d e f g h foobar=foo,bar"},
		{"a/b/c/d/e/f/g/h/C++", "a b c d e f g h c++=c"},
		{".a.b.c.d.e.f.g.h.i", "a b c d e f g h i"},
		{"0123456789012345678901234567890123456789012345678901234567890-ab",
		 "0123456789012345678901234567890123456789012345678901234567890-ab="
		 "0123456789012345678901234567890123456789012345678901234567890,ab"},
		{"0123456789012345678901234567890123456789012345678901234567890-abc",
		 "0123456789012345678901234567890123456789012345678901234567890 abc"},
		{"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij",
		 "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"},
	};

	(void)state;
	ASSERT_ROWS(rows);
}

/* Every text over a small alphabet of all that matters: pieces stay in their compound, parts come after a word, and what
 * is no part never overlaps. */
static void short_texts(void **state)
{
	static const char alphabet[] = "aB1.+#-'";
	enum { LETTERS = sizeof alphabet - 1, LENGTH = 5 };
	size_t count = LETTERS * LETTERS * LETTERS * LETTERS * LETTERS;

	(void)state;
	for (size_t number = 0; number < count; number++) {
		char source[LENGTH];
		char folded[LENGTH];
		uint32_t map[LENGTH + 1];
		struct scan_text text = {{folded, LENGTH}, {source, LENGTH}, map};
		struct buf pieces = {0};
		size_t rest = number;

		for (size_t i = 0; i < LENGTH; i++, rest /= LETTERS) {
			source[i] = alphabet[rest % LETTERS];
			folded[i] = source[i] == 'B' ? 'b' : source[i];
			map[i] = (uint32_t)i;
		}
		map[LENGTH] = LENGTH;
		for (size_t at = 0; at < LENGTH;) {
			size_t end;

			buf_reset(&pieces);
			end = scan_both(&text, at, &pieces);
			assert_true(end <= LENGTH);
			assert_int_equal(end > at, pieces.n > 0);
			for (size_t i = 0; i < BUF_COUNT(&pieces, struct scan_piece); i++) {
				struct scan_piece piece = BUF_AT(&pieces, struct scan_piece, i);

				assert_true(at <= piece.start && piece.start < piece.end && piece.end <= end);
				/* five bytes are always one word, itself never its part */
				assert_int_equal(piece.part, i > 0);
				assert_int_equal(piece.start == at && piece.end == end, i == 0);
			}
			at = end > at ? end : at + 1;
		}
		buf_release(&pieces);
	}
}

static void classes_of_ascii(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < 0x80; code++)
		assert_int_equal(scan_ascii_class(code), unicode_class(code));
}

/* What the short way must leave to the other, and what it must not. */
static void plain_words_have_a_short_way(void **state)
{
	static const struct {
		const char *source;
		bool is_short;
	} table[] = {
		{"word", true},         {"Word", true},    {"WORD", true},   {"2024", true},          {"word, x", true},
		{"word. x", true},      {"word 水", true}, {"word水", true}, {"word\xCC\x81", false}, {"wordé", false},
		{"get.it", false},      {"getIt", false},  {"GETit", false}, {"c++", false},          {"f#", false},
		{"it’s", false},        {"word’ x", true}, {"a1", false},    {"ｗｏｒｄ", false},     {"wｏrd", false},
		{"it\xC2\xADs", false}, {"word\0", true},  {"word-", true},  {"㏂", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf folded = {0};
		struct buf map = {0};
		struct scan_text text = {.source = span_of(table[i].source)};

		fold_text(text.source, &folded, &map);
		text.folded = buf_span(&folded);
		text.map = (void *)map.data;
		if ((scan_plain_word(&text, 0) > 0) != table[i].is_short)
			fail_msg("%s", table[i].source);
		buf_release(&folded);
		buf_release(&map);
	}
}

/* Texts are read in blocks where there are enough bytes, and byte by byte at their ends: the same compounds. */
static void blocks_say_what_bytes_say(void **state)
{
	static const char *const parts[] = {"a", "B", "z", "7", "word", "WORD", "Word", "itIs", "é", "水", ".",
					    "-", "'", " ", "@", "[",    "`",    "{",    "/",    ":", "²",  "C++"};
	uint64_t seed = 8;
	struct buf source = {0};
	struct buf near = {0};
	struct buf far = {0};

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		buf_reset(&source);
		for (uint32_t i = random_below(&seed, 14); i-- > 0;)
			buf_add_text(&source, parts[random_below(&seed, sizeof parts / sizeof *parts)]);
		scan(buf_string(&source), &near);
		buf_add_text(&source, "                                ");
		if (strcmp(scan(buf_string(&source), &far), buf_string(&near)) != 0)
			fail_msg("%s: %s, but at the end %s", buf_string(&source), buf_string(&far), buf_string(&near));
	}
	buf_release(&source);
	buf_release(&near);
	buf_release(&far);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words),
		cmocka_unit_test(connectors),
		cmocka_unit_test(apostrophes),
		cmocka_unit_test(numbers),
		cmocka_unit_test(suffixes),
		cmocka_unit_test(leading_dots),
		cmocka_unit_test(camel_case),
		cmocka_unit_test(letters_and_digits),
		cmocka_unit_test(large_compounds),
		cmocka_unit_test(short_texts),
		cmocka_unit_test(classes_of_ascii),
		cmocka_unit_test(plain_words_have_a_short_way),
		cmocka_unit_test(blocks_say_what_bytes_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
