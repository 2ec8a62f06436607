#include "pinyin_pattern.h"

#include "unicode.h"
#include "utf8.h"

static bool is_apart(uint32_t code)
{
	return unicode_class(code) == CLASS_SPACE || code == '\'' || code == 0x2019;
}

static bool stands_between(const struct pinyin_pattern *p, unsigned from, unsigned to)
{
	uint64_t inside = (((uint64_t)1 << to) - 1) & ~(((uint64_t)2 << from) - 1);

	return !(p->apart & inside);
}

/* How many letters of the syllable the query has from `at` on. */
static unsigned common(const struct pinyin_pattern *p, const char *syllable, unsigned at)
{
	unsigned n = 0;

	while (syllable[n] && at + n < p->count &&
	       (p->codes[at + n] == (uint32_t)syllable[n] || (syllable[n] == 'v' && p->codes[at + n] == 'u')))
		n++;
	return n;
}

static void place_syllables(struct pinyin_pattern *p)
{
	for (unsigned i = 0; i < pinyin_syllable_count; i++) {
		p->length[i] = (uint8_t)strlen(pinyin_syllables[i]);
		for (unsigned at = 0; at < p->count; at++) {
			unsigned n = common(p, pinyin_syllables[i], at);

			if (n && n == p->length[i] && stands_between(p, at, at + n))
				p->whole[i] |= (uint64_t)1 << at;
			if (n && at + n == p->count && stands_between(p, at, at + n))
				p->begun[i] |= (uint64_t)1 << at;
		}
	}
}

static void place_characters(struct pinyin_pattern *p)
{
	for (unsigned at = 0; at < p->count; at++) {
		uint64_t bit = (uint64_t)1 << at;
		uint32_t code = p->codes[at];

		if (code < 128)
			p->ascii[code] |= bit;
		else
			p->wide |= bit;
		if ((code == 'z' || code == 'c' || code == 's') && at + 1 < p->count && p->codes[at + 1] == 'h' &&
		    stands_between(p, at, at + 2))
			p->digraph |= bit;
	}
}

/* The fold of the character at *at, which goes past it: how many code points. */
static inline size_t next_folded(struct span text, size_t *at, uint32_t folded[UNICODE_FOLD_MAX])
{
	uint32_t code;
	bool valid;

	*at += utf8_next(text.p + *at, text.n - *at, &code, &valid);
	if (unicode_entry(code) >= UNICODE_SELF_ENTRIES)
		return unicode_fold(code, folded);
	folded[0] = code;
	return 1;
}

int pinyin_pattern_compile(struct pinyin_pattern *p, struct span query)
{
	uint32_t folded[UNICODE_FOLD_MAX];

	*p = (struct pinyin_pattern){0};
	for (size_t i = 0; i < query.n;) {
		size_t n = next_folded(query, &i, folded);

		for (size_t k = 0; k < n; k++) {
			if (is_apart(folded[k])) {
				p->apart |= (uint64_t)1 << p->count;
				continue;
			}
			if (p->count == PINYIN_PATTERN_MAX)
				return -1;
			p->codes[p->count++] = folded[k] == 0xFC ? 'v' : folded[k];
		}
	}
	place_syllables(p);
	place_characters(p);
	return p->count > 0;
}

/* Reading on through a text. */
struct scan {
	const struct pinyin_pattern *pattern;
	uint64_t reached; /* bit p: so much of the query has been found */
	bool in_word;     /* the character before was a letter or a digit */
};

static uint64_t as_itself(const struct pinyin_pattern *p, uint32_t code)
{
	uint64_t places = 0;

	if (code < 128)
		return p->ascii[code];
	for (uint64_t rest = p->wide; rest; rest &= rest - 1) {
		unsigned at = (unsigned)__builtin_ctzll(rest);

		if (p->codes[at] == code)
			places |= (uint64_t)1 << at;
	}
	return places;
}

static uint64_t as_read(const struct pinyin_pattern *p, uint64_t reached, uint32_t code)
{
	uint16_t readings[PINYIN_READINGS];
	size_t n = pinyin_readings(code, readings);
	uint64_t next = 0;

	for (size_t i = 0; i < n; i++) {
		const char *syllable = pinyin_syllables[readings[i]];
		uint64_t initial = reached & p->ascii[(unsigned char)syllable[0]];

		if (!initial)
			continue;
		next |= (reached & p->whole[readings[i]]) << p->length[readings[i]];
		next |= initial << 1;
		if (syllable[1] == 'h')
			next |= (initial & p->digraph) << 2;
		if (reached & p->begun[readings[i]])
			next |= (uint64_t)1 << p->count;
	}
	return next;
}

/* Has it to be typed? */
static bool is_typed(enum char_class class)
{
	return class != CLASS_SPACE && class != CLASS_SYMBOL;
}

/* Takes one folded character; `enter`: the query may begin here. */
static void step(struct scan *s, uint32_t code, enum char_class class, bool enter)
{
	bool in_word = unicode_in_word(class);
	uint64_t reached = s->reached;
	uint64_t next;

	if (enter && !(in_word && s->in_word))
		reached |= 1;
	next = (reached & as_itself(s->pattern, code)) << 1;
	if (class == CLASS_HAN)
		next |= as_read(s->pattern, reached, code);
	if (!is_typed(class))
		next |= s->reached;
	s->reached = next;
	s->in_word = in_word;
}

static bool is_found(const struct scan *s)
{
	return s->reached >> s->pattern->count & 1;
}

bool pinyin_pattern_in(const struct pinyin_pattern *pattern, struct span text, unsigned *characters)
{
	struct scan scan = {pattern, 0, false};
	uint32_t folded[UNICODE_FOLD_MAX];
	bool found = false;

	*characters = 0;
	for (size_t at = 0; at < text.n;) {
		size_t n = next_folded(text, &at, folded);

		for (size_t i = 0; i < n; i++) {
			enum char_class class = unicode_class(folded[i]);

			step(&scan, folded[i], class, true);
			found |= is_found(&scan);
			*characters += is_typed(class);
		}
	}
	return found;
}

/* Where it ends when it begins at `start`; 0 when it does not. *in_word: of the character before, and after the call of the
 * one at `start`. */
static size_t match_from(const struct pinyin_pattern *pattern, struct span text, size_t start, bool *in_word)
{
	struct scan scan = {pattern, 0, *in_word};
	uint32_t folded[UNICODE_FOLD_MAX];

	for (size_t at = start; at < text.n;) {
		bool first = at == start;
		size_t n = next_folded(text, &at, folded);

		for (size_t i = 0; i < n; i++) {
			step(&scan, folded[i], unicode_class(folded[i]), first && i == 0);
			if (is_found(&scan))
				return at;
		}
		if (first)
			*in_word = scan.in_word;
		if (scan.reached == 0)
			return 0;
	}
	return 0;
}

/* Is there nothing to type in the text? */
static bool is_silent(struct span text)
{
	uint32_t code;
	bool valid;

	for (size_t at = 0; at < text.n;) {
		at += utf8_next(text.p + at, text.n - at, &code, &valid);
		if (is_typed(unicode_class(code)))
			return false;
	}
	return true;
}

struct pinyin_match pinyin_pattern_find(const struct pinyin_pattern *pattern, struct span text, const uint32_t *starts,
					size_t start_count)
{
	struct pinyin_match best = {0};
	bool in_word = false;

	for (size_t at = 0; at < text.n && !best.word_start;) {
		size_t end = match_from(pattern, text, at, &in_word);
		uint32_t code;
		bool valid;

		while (start_count && *starts < at) {
			starts++;
			start_count--;
		}
		if (end && (best.end == 0 || (start_count && *starts == at)))
			best = (struct pinyin_match){
				.start = at, .end = end, .word_start = start_count && *starts == at};
		at += utf8_next(text.p + at, text.n - at, &code, &valid);
	}
	best.at_start = is_silent((struct span){text.p, best.start});
	best.at_end = is_silent((struct span){text.p + best.end, text.n - best.end});
	return best;
}
