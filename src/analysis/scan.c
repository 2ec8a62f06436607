#include "scan.h"

#include "fold_step.h"
#include "utf8.h"

enum {
	SEGMENTS_MAX = 8,
	COMPOUND_BYTES_MAX = 64,
	SUFFIXED_LETTERS_MAX = 3, /* c++, f#, g++, obj++ is none */
	INITIALS_BYTES_MAX = 2,   /* of each segment of R&D, AT&T, I/O, w/o */
	PART_DIGITS_MIN = 4,      /* a year, a port, a CVE number; sections are not numbered so high */
};

/* One code point of the folded text. */
struct character {
	enum char_class class;
	bool upper; /* it was a capital */
	size_t end;
};

/* Segments and what joins them. */
struct compound {
	size_t at;    /* its first byte, perhaps a dot */
	size_t start; /* of the first segment */
	size_t end;
	bool words;    /* too large to be a word: its segments are */
	bool initials; /* R&D, AT&T: its segments say nothing alone */
};

/* Letters and digits, and what may be attached to them: c ++ 11. */
struct segment {
	size_t start;
	size_t base_end;   /* of the letters and digits */
	size_t suffix_end; /* of ++ or #; base_end without one */
	size_t end;        /* with the version after ++ */
};

static inline struct character character_at(const struct scan_text *text, size_t at)
{
	struct character c = {CLASS_SYMBOL, false, at};
	uint32_t code;
	bool valid;

	if (at >= text->folded.n)
		return c;
	c.end = at + utf8_next(text->folded.p + at, text->folded.n - at, &code, &valid);
	c.class = code < 0x80 ? scan_ascii_class(code) : unicode_class(code);
	return c;
}

static bool is_word(enum char_class class)
{
	return class == CLASS_LETTER || class == CLASS_DIGIT;
}

/* Also half of full-width text was capital: ＧｅｔＩｄ. Of other Latin letters those were that fold to another one: Ï to ï, but not ß to
 * ss. */
static bool was_upper(const struct scan_text *text, size_t at)
{
	size_t from = text->map[at];
	uint32_t code;
	uint32_t folded;
	bool valid;

	utf8_next(text->source.p + from, text->source.n - from, &code, &valid);
	if (code - 0xC0 >= 0x250 - 0xC0 && code - 0x1E00 >= 0x1F00 - 0x1E00)
		return code - 'A' < 26 || code - 0xFF21 < 26;
	utf8_next(text->folded.p + at, text->folded.n - at, &folded, &valid);
	return folded >= 0x80 && folded != code;
}

static struct character cased_at(const struct scan_text *text, size_t at)
{
	struct character c = character_at(text, at);

	c.upper = c.class == CLASS_LETTER && was_upper(text, at);
	return c;
}

static bool byte_is(const struct scan_text *text, size_t at, char byte)
{
	return at < text->folded.n && text->folded.p[at] == byte;
}

static bool byte_in(const struct scan_text *text, size_t at, const char *set)
{
	return at < text->folded.n && text->folded.p[at] && strchr(set, text->folded.p[at]);
}

static bool is_connector(const struct scan_text *text, size_t at)
{
	switch (at < text->folded.n ? text->folded.p[at] : 0) {
	case '.':
	case '_':
	case '-':
	case '\'':
	case '/':
	case '&':
	case '+':
	case '@': return true;
	default: return false;
	}
}

static inline byte_block letters_of(byte_block bytes)
{
	return (bytes > 'a' - 1) & (bytes < 'z' + 1);
}

static inline byte_block digits_of(byte_block bytes)
{
	return (bytes > '0' - 1) & (bytes < '9' + 1);
}

/* How many ones stand lowest. */
static inline size_t count_ones(uint32_t bits)
{
	return (size_t)__builtin_ctz(~bits);
}

/* The end of the letters, digits and marks from `at`; most are ASCII, and few words are longer than a block. */
static size_t word_end(const struct scan_text *text, size_t at)
{
	struct character c;

	if (text->folded.n >= BYTE_BLOCK && at <= text->folded.n - BYTE_BLOCK) {
		byte_block bytes = byte_block_load(text->folded.p + at);

		at += count_ones(byte_block_bits(letters_of(bytes) | digits_of(bytes)));
	}
	while (at < text->folded.n && !(text->folded.p[at] & 0x80) &&
	       is_word(scan_ascii_class((unsigned char)text->folded.p[at])))
		at++;
	c = character_at(text, at);
	while (is_word(c.class) || c.class == CLASS_MARK) {
		at = c.end;
		c = character_at(text, at);
	}
	return at;
}

/* Letters only, and few of them. */
static bool takes_suffix(const struct scan_text *text, size_t at, size_t end)
{
	unsigned count = 0;

	while (at < end) {
		struct character c = character_at(text, at);

		if (c.class != CLASS_LETTER || ++count > SUFFIXED_LETTERS_MAX)
			return false;
		at = c.end;
	}
	return true;
}

static struct segment segment_at(const struct scan_text *text, size_t at)
{
	size_t end = word_end(text, at);
	struct segment s = {at, end, end, end};

	if (byte_is(text, end, '+') && byte_is(text, end + 1, '+') &&
	    character_at(text, end + 2).class != CLASS_LETTER && takes_suffix(text, at, end)) {
		s.suffix_end = end + 2;
		s.end = is_word(character_at(text, s.suffix_end).class) ? word_end(text, s.suffix_end) : s.suffix_end;
	} else if (byte_is(text, end, '#') && !is_word(character_at(text, end + 1).class) &&
		   takes_suffix(text, at, end)) {
		s.suffix_end = s.end = end + 1;
	}
	return s;
}

/* Where the next segment begins if one connector is all that stands between; else `at`. */
static size_t after_connector(const struct scan_text *text, size_t at)
{
	static const struct span curly = {"\xE2\x80\x99", 3};
	size_t next = at;

	if (is_connector(text, at))
		next = at + 1;
	else if (span_starts((struct span){text->folded.p + at, text->folded.n - at}, curly))
		next = at + curly.n;
	return next > at && is_word(character_at(text, next).class) ? next : at;
}

/* A '.' that ends no word, sentence or bracket before a letter: .NET, but not end().next. */
static bool is_leading_dot(const struct scan_text *text, size_t at)
{
	size_t before;

	if (!byte_is(text, at, '.') || character_at(text, at + 1).class != CLASS_LETTER)
		return false;
	if (at == 0)
		return true;
	before = utf8_floor(text->folded, at - 1);
	if (byte_in(text, before, ".)]}"))
		return false;
	return !is_word(character_at(text, before).class) && character_at(text, before).class != CLASS_MARK;
}

static void add(struct buf *pieces, size_t start, size_t end, bool part)
{
	struct scan_piece piece = {(uint32_t)start, (uint32_t)end, part};

	buf_add(pieces, &piece, sizeof piece);
}

/* How many digits, if there is nothing else; or 0. */
static size_t number_length(const struct scan_text *text, size_t at, size_t end)
{
	size_t digits = 0;

	for (; at < end; digits++) {
		struct character c = character_at(text, at);

		if (c.class != CLASS_DIGIT)
			return 0;
		at = c.end;
	}
	return digits;
}

static bool is_short_number(const struct scan_text *text, size_t at, size_t end)
{
	size_t digits = number_length(text, at, end);

	return digits > 0 && digits < PART_DIGITS_MIN;
}

/* Where the text of a segment goes on in another word. `letters` stand directly before `at` in this piece; `first` says
 * that the piece begins the segment. One letter is never cut off: iPhone, 5G, CPUs and h264 stay whole. */
static bool is_border(const struct scan_text *text, const struct character *before, size_t at, unsigned letters,
		      bool first)
{
	struct character c = cased_at(text, at);
	struct character second;
	struct character third;

	if (c.class == CLASS_DIGIT)
		return letters >= 2;
	if (c.class != CLASS_LETTER || (before->class == CLASS_DIGIT ? first : !c.upper || letters < 2))
		return false;
	second = cased_at(text, c.end);
	if (second.class != CLASS_LETTER || before->class == CLASS_DIGIT || !before->upper)
		return second.class == CLASS_LETTER;
	third = cased_at(text, second.end);
	return !second.upper && third.class == CLASS_LETTER && !third.upper;
}

/* The end of the piece of a segment that begins at `at`; `start` is where the segment begins. */
static size_t piece_end(const struct scan_text *text, size_t start, size_t at, size_t end)
{
	bool first = at == start;
	struct character before = {CLASS_SYMBOL, false, at};
	unsigned letters = 0;

	while (at < end && (before.class == CLASS_SYMBOL || !is_border(text, &before, at, letters, first))) {
		struct character c = cased_at(text, at);

		at = c.end;
		if (c.class == CLASS_MARK)
			continue;
		letters = c.class == CLASS_LETTER ? letters + 1 : 0;
		before = c;
	}
	return at;
}

/* No capital after the first letter, or nothing but capitals: no camelCase. The source is read only where it is ASCII too,
 * so it stands there byte by byte. */
static bool is_in_one_case(const struct scan_text *text, size_t at, size_t end)
{
	const char *source = text->source.p + text->map[at];
	size_t left = text->source.n - text->map[at];
	size_t capitals = 0;

	if (left >= BYTE_BLOCK && end - at <= BYTE_BLOCK) {
		byte_block bytes = byte_block_load(source);
		uint32_t all = (1u << (end - at)) - 1;
		uint32_t upper = byte_block_bits((bytes > 'A' - 1) & (bytes < 'Z' + 1)) & all;

		return !(all & ~byte_block_bits(letters_of(fold_lower(bytes)))) && (upper <= 1 || upper == all);
	}
	if (end - at > left)
		return false;
	for (size_t i = 0; i < end - at; i++) {
		if (scan_ascii_class((unsigned char)source[i] & 0x7F) != CLASS_LETTER || (source[i] & 0x80))
			return false;
		capitals += (unsigned char)(source[i] - 'A') < 26;
	}
	return capitals == 0 || capitals == end - at || (capitals == 1 && (unsigned char)(source[0] - 'A') < 26);
}

/* The pieces of a segment's letters and digits, if it has more than one. */
static void add_pieces(const struct scan_text *text, const struct segment *s, struct buf *pieces)
{
	size_t end;

	if (is_in_one_case(text, s->start, s->base_end))
		return;
	for (size_t at = s->start; at < s->base_end; at = end) {
		end = piece_end(text, s->start, at, s->base_end);
		if (end - at < s->base_end - s->start && !is_short_number(text, at, end))
			add(pieces, at, end, true);
	}
}

static bool is_after_apostrophe(const struct scan_text *text, const struct compound *c, size_t at)
{
	return at > c->start && byte_in(text, at - 1, "'\x99");
}

/* A segment that says nothing without its neighbours: one of a few letters, few digits, the digits of a decimal or a version (3.1415), the s
 * of it's: two bytes after an apostrophe. */
static bool says_nothing(const struct scan_text *text, const struct compound *c, const struct segment *s)
{
	bool follows = s->start > c->start;
	size_t digits = number_length(text, s->start, s->end);

	if (c->initials)
		return true;
	if (digits)
		return digits < PART_DIGITS_MIN || (follows && byte_is(text, s->start - 1, '.')) ||
		       (s->end < c->end && byte_is(text, s->end, '.'));
	return s->end - s->start <= 2 && is_after_apostrophe(text, c, s->start);
}

/* The parts that a segment gives; it is a part itself, or a word, unless it is the whole. */
static void add_segment(const struct scan_text *text, const struct compound *c, const struct segment *s,
			struct buf *pieces)
{
	bool whole = s->start == c->at && s->end == c->end;

	if (!whole && says_nothing(text, c, s))
		return;
	if (!whole)
		add(pieces, s->start, s->end, !c->words);
	if (s->suffix_end < s->end)
		add(pieces, s->start, s->suffix_end, true);
	if (s->base_end < s->end)
		add(pieces, s->start, s->base_end, true);
	add_pieces(text, s, pieces);
}

/* What is at `at` neither goes on with the word before it nor joins it to another. */
static bool ends_word(const struct scan_text *text, size_t at)
{
	struct character c = character_at(text, at);

	if (is_word(c.class) || c.class == CLASS_MARK)
		return false;
	if (byte_is(text, at, '+') || byte_is(text, at, '#'))
		return false;
	return after_connector(text, at) == at;
}

size_t scan_plain_word(const struct scan_text *text, size_t at)
{
	struct span folded = text->folded;
	enum char_class class = scan_ascii_class((unsigned char)folded.p[at] & 0x7F);
	size_t end = at;

	if ((folded.p[at] & 0x80) || (class != CLASS_LETTER && class != CLASS_DIGIT))
		return at;
	if (folded.n - at >= BYTE_BLOCK) {
		byte_block bytes = byte_block_load(folded.p + at);

		end += count_ones(byte_block_bits(class == CLASS_LETTER ? letters_of(bytes) : digits_of(bytes)));
	}
	while (end < folded.n && !(folded.p[end] & 0x80) && scan_ascii_class((unsigned char)folded.p[end]) == class)
		end++;
	return ends_word(text, end) && (class == CLASS_DIGIT || is_in_one_case(text, at, end)) ? end : at;
}

static bool is_initials(const struct scan_text *text, const struct segment *s)
{
	return s->end - s->start <= INITIALS_BYTES_MAX && takes_suffix(text, s->start, s->end);
}

static struct compound compound_at(const struct scan_text *text, size_t at)
{
	struct compound c = {.at = at, .start = at + is_leading_dot(text, at), .end = at};
	size_t segments = 0;
	size_t next = c.start;
	bool lone = false;

	if (!is_word(character_at(text, next).class))
		return c;
	c.initials = true;
	do {
		struct segment s = segment_at(text, next);

		c.initials &= is_initials(text, &s) && !is_after_apostrophe(text, &c, next);
		lone |= s.end - s.start == 1;
		c.end = s.end;
		next = after_connector(text, c.end);
		segments++;
	} while (next != c.end);
	c.words = segments > 1 && (segments > SEGMENTS_MAX || c.end - at > COMPOUND_BYTES_MAX);
	c.initials &= lone && !c.words;
	return c;
}

size_t scan_compound(const struct scan_text *text, size_t at, struct buf *pieces)
{
	struct compound c = compound_at(text, at);
	size_t next = c.start;

	if (c.end == at)
		return at;
	if (!c.words)
		add(pieces, at, c.end, false);
	while (next < c.end) {
		struct segment s = segment_at(text, next);

		add_segment(text, &c, &s, pieces);
		next = s.end < c.end ? after_connector(text, s.end) : c.end;
	}
	return c.end;
}
