#include "word_rules.h"

#include "tool.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

enum { KATAKANA_DOT = 0x30FB }; /* the engine's runs of Katakana end there */

/* The forward automaton of a compiled break iterator. */
enum {
	RULES_CATEGORIES = 3, /* index of uint32_t in the head of word.brk */
	RULES_TABLE = 4,
	RULES_TRIE = 8,
	RULES_TRIE_SIZE = 9,
	TABLE_STATES = 0, /* and in the head of the automaton */
	TABLE_ROW = 1,
	TABLE_DICTIONARY = 2,
	TABLE_FLAGS = 4,
	TABLE_ROWS = 5,
	CATEGORY_END = 1,
	FLAG_BYTES = 4, /* a row is of bytes, else of 16 bits; the other flags are nothing we know */
};

static unsigned cell(const uint32_t *table, unsigned row, unsigned column)
{
	const uint8_t *start = (const uint8_t *)(table + TABLE_ROWS) + (size_t)row * table[TABLE_ROW];
	uint16_t wide;

	if (table[TABLE_FLAGS] & FLAG_BYTES)
		return start[column];
	memcpy(&wide, start + 2 * column, sizeof wide);
	return wide;
}

void read_rules(struct rules *rules)
{
	enum { ACCEPTING, LOOK_AHEAD, TAG, NEXT };
	const uint32_t *head;
	const uint32_t *table;
	UErrorCode status = U_ZERO_ERROR;

	rules->file = open_data("brk", "word", "Brk ", 6);
	head = udata_getMemory(rules->file);
	table = head + head[RULES_TABLE] / 4;
	rules->categories = head[RULES_CATEGORIES];
	rules->states = table[TABLE_STATES];
	rules->dictionary = table[TABLE_DICTIONARY];
	if (rules->categories >= DICTIONARY_ACCEPTS || rules->states > 256 ||
	    table[TABLE_FLAGS] & ~(unsigned)FLAG_BYTES)
		die("the word rules are of another form");
	for (unsigned s = 0; s < rules->states; s++) {
		if (cell(table, s, ACCEPTING) > 1 || cell(table, s, LOOK_AHEAD))
			die("the word rules look ahead");
		rules->rows[s][DICTIONARY_ACCEPTS] = (uint8_t)cell(table, s, ACCEPTING);
		for (unsigned c = 0; c < rules->categories; c++)
			rules->rows[s][c] = (uint8_t)cell(table, s, NEXT + c);
		if (rules->rows[s][CATEGORY_END] != DICTIONARY_STATE_STOP)
			die("the word rules see the end of a text");
	}
	if (rules->rows[DICTIONARY_STATE_STOP][DICTIONARY_ACCEPTS])
		die("the word rules accept where they stop");
	rules->category_of =
		ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, (const char *)head + head[RULES_TRIE],
				       (int32_t)head[RULES_TRIE_SIZE], NULL, &status);
	check(status, "read the categories of its word rules");
}

void rules_release(struct rules *rules)
{
	ucptrie_close(rules->category_of);
	udata_close(rules->file);
}

/* The set of ICU's Chinese and Japanese engine. */
static bool is_of_engine(UChar32 code, UScriptCode script)
{
	return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || code == 0x30FC ||
	       code == 0xFF70 || code == 0xFF9E || code == 0xFF9F;
}

/* What is told of a character that goes to an engine by the rules. */
static unsigned engine_flags(UChar32 code, UScriptCode script)
{
	/* The Korean engine knows no words: what it is given stays whole. */
	if (code >= 0xAC00 && code <= 0xD7A3)
		return 0;
	if (script == USCRIPT_COMMON && !is_of_engine(code, script))
		return DICTIONARY_IS_ORPHAN;
	return DICTIONARY_IS_FOREIGN;
}

static void add_plain(struct characters *c, UChar32 code, unsigned category)
{
	unsigned i = 0;

	while (i < c->plain_category_count && c->plain_categories[i] != category)
		i++;
	if (i == DICTIONARY_PLAIN_CATEGORIES)
		die("the rules have too many categories of Han and kana");
	if (i == c->plain_category_count)
		c->plain_categories[c->plain_category_count++] = (uint8_t)category;
	c->plain[code] = true;
	c->plain_category[code] = (uint8_t)i;
}

/* The engine works on NFKC. Only what it leaves alone is plain; in that, a mark does nothing to the character before. */
void read_characters(struct characters *c, const struct rules *rules)
{
	int marks = 0;

	for (UChar32 code = 0; code < DICTIONARY_CHARACTERS; code++) {
		UErrorCode status = U_ZERO_ERROR;
		unsigned category = ucptrie_get(rules->category_of, code);
		UScriptCode script = uscript_getScript(code, &status);
		bool normal = u_getIntPropertyValue(code, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES;
		bool ours = is_of_engine(code, script);
		unsigned flags = script == USCRIPT_COMMON ? DICTIONARY_IS_COMMON : 0;

		if (ours && normal && category >= rules->dictionary) {
			int mark = u_getCombiningClass(code);

			if (code < 0x800)
				die("a character of Han or kana has two bytes");
			if (mark && marks && mark != marks)
				die("marks among Han characters change places");
			marks = mark ? mark : marks;
			add_plain(c, code, category);
		} else if (ours) {
			flags |= DICTIONARY_IS_FOREIGN;
		} else if (category >= rules->dictionary) {
			flags |= engine_flags(code, script);
		}
		c->of[code] = (struct dictionary_kind){(uint8_t)category, (uint8_t)flags};
	}
}

void check_plain(const struct characters *c, const struct rules *rules, uint8_t states[DICTIONARY_PLAIN_CATEGORIES])
{
	unsigned n = c->plain_category_count;

	for (unsigned i = 0; i < n; i++)
		states[i] = rules->rows[DICTIONARY_STATE_START][c->plain_categories[i]];
	for (unsigned i = 0; i < n; i++) {
		if (!rules->rows[states[i]][DICTIONARY_ACCEPTS])
			die("the rules break between Han or kana");
		for (unsigned k = 0; k < n; k++) {
			unsigned next = rules->rows[states[i]][c->plain_categories[k]];

			if (memcmp(rules->rows[next], rules->rows[states[k]], DICTIONARY_ROW) != 0)
				die("the rules tell runs of Han and kana apart");
		}
	}
	if (c->plain[KATAKANA_DOT])
		die("the engine takes the dot between words of Katakana");
}

/* ICU versions differ in this: whether an engine's part begins a word of its own. Where it does, カ_カ is two. */
void check_engine(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", u"カ_カ", 3, &status);

	check(status, "open its word tables");
	if (ubrk_next(words) != 3)
		die("the dictionary engine of this ICU breaks at its start");
	ubrk_close(words);
}
