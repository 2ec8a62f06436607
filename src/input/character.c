#include "character.h"

#include "utf8.h"

static bool is_ascii_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

size_t character_blank(struct span text)
{
	if (text.n && is_ascii_blank(text.p[0]))
		return 1;
	if (text.n >= 2 && memcmp(text.p, "\u00A0", 2) == 0)
		return 2;
	return text.n >= 3 && memcmp(text.p, "\u3000", 3) == 0 ? 3 : 0;
}

static size_t blank_at_end(struct span text)
{
	for (size_t n = 1; n <= 3 && n <= text.n; n++)
		if (character_blank((struct span){text.p + text.n - n, n}) == n)
			return n;
	return 0;
}

/* Most texts begin and end with what is no blank, and one look tells. */
static bool may_begin_blank(char first)
{
	return is_ascii_blank(first) || first == '\xC2' || first == '\xE3';
}

static bool may_end_blank(char last)
{
	return is_ascii_blank(last) || last == '\xA0' || last == '\x80';
}

struct span character_trim(struct span text)
{
	size_t n;

	if (text.n && !may_begin_blank(text.p[0]) && !may_end_blank(text.p[text.n - 1]))
		return text;
	while ((n = character_blank(text)) > 0)
		text = (struct span){text.p + n, text.n - n};
	while ((n = blank_at_end(text)) > 0)
		text.n -= n;
	return text;
}

struct range {
	uint32_t first;
	uint32_t last;
};

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count && code >= ranges[i].first; i++)
		if (code <= ranges[i].last)
			return true;
	return false;
}

bool character_is_chinese(uint32_t code)
{
	static const struct range chinese[] = {
		{0x2E80, 0x2FDF}, /* radicals */
		{0x3001, 0x303F}, /* CJK punctuation */
		{0x3400, 0x4DBF}, /* extension A */
		{0x4E00, 0x9FFF}, /* unified ideographs */
		{0xF900, 0xFAFF}, /* compatibility ideographs */
		{0xFF01, 0xFF0F}, /* full-width punctuation, here and below */
		{0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0x20000, 0x3FFFF}, /* extensions B and later */
	};

	return in_ranges(code, chinese, sizeof chinese / sizeof *chinese);
}

bool character_is_word(uint32_t code)
{
	static const struct range others[] = {
		{0x80, 0xA9},       {0xAB, 0xB1},     {0xB4, 0xB4},     {0xB6, 0xB8},     {0xBB, 0xBB},
		{0xBF, 0xBF},       {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2000, 0x206F}, /* general punctuation */
		{0x2190, 0x2BFF}, /* arrows, operators, boxes, signs */
		{0x3000, 0x3004},   {0x3008, 0x3020}, {0x3030, 0x3030}, {0xE000, 0xF8FF}, /* private use */
		{0xFE00, 0xFE6F}, /* variation selectors, vertical and small forms */
		{0xFF00, 0xFF0F},   {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF},
		{0x1F000, 0x1FAFF}, /* pictographs */
	};

	if (code < 0x80)
		return (code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
	return !in_ranges(code, others, sizeof others / sizeof *others);
}

bool character_has_word(struct span text)
{
	uint32_t code;
	bool valid;

	for (size_t i = 0; i < text.n;) {
		i += utf8_next(text.p + i, text.n - i, &code, &valid);
		if (character_is_word(code))
			return true;
	}
	return false;
}
