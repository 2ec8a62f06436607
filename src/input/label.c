#include "label.h"

#include "character.h"

static const struct word {
	char text[7]; /* terminated */
	bool question;
} words[] = {
	{"题目", true}, {"題目", true}, {"问题", true},  {"問題", true}, {"问", true}, {"問", true},  {"Q", true},
	{"Ｑ", true},   {"ｑ", true},   {"答案", false}, {"答", false},  {"A", false}, {"Ａ", false}, {"ａ", false},
};

static struct span skip(struct span text, size_t n)
{
	return (struct span){text.p + n, text.n - n};
}

/* Bold that the parser left as text: see block_flush(). */
static struct span skip_stars(struct span text)
{
	return skip(text, span_starts(text, span_of("**")) ? 2 : 0);
}

/* How long the colon after a word is; 0 when there is none that makes the word a label. */
static size_t colon_length(struct span text, bool latin)
{
	if (span_starts(text, span_of("：")))
		return strlen("：");
	if (text.n == 0 || text.p[0] != ':')
		return 0;
	if (!latin || text.n == 1 || (unsigned char)text.p[1] >= 0x80 || text.p[1] == '*')
		return 1;
	return character_blank(skip(text, 1)) > 0;
}

/* The first byte as the words have it: those of one letter have the capital. */
static char first_of(struct span text)
{
	char first = text.n ? text.p[0] : '\0';

	return first == 'q' || first == 'a' ? (char)(first - 'a' + 'A') : first;
}

struct label label_match(struct span text)
{
	const char *start = text.p;
	char first;
	size_t n;

	while (text.n && text.p[0] != '\n' && text.p[0] != '\v' && (n = character_blank(text)) > 0)
		text = skip(text, n);
	text = skip_stars(text);
	first = first_of(text);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct span rest;
		size_t word;

		if (words[i].text[0] != first)
			continue;
		word = strlen(words[i].text);
		if (word > 1 && !span_starts(text, (struct span){words[i].text, word}))
			continue;
		rest = skip_stars(skip(text, word));
		n = colon_length(rest, word == 1);
		if (n == 0)
			continue;
		rest = skip_stars(skip(rest, n));
		return (struct label){(size_t)(rest.p - start), words[i].question};
	}
	return (struct label){0, false};
}
