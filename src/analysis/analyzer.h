/* analyzer - the one chain from text to tokens, for documents and queries alike.
 *
 * Shape:  fold -> scanner (Latin, digits, symbols) -> words of the segmenter on runs of the rest, which sees variants as
 *         they are meant (variant.h) -> user words joined again (join.h), ordinals too (ordinal.h). Tokens come in order
 *         of the text.
 *         A compound (GPT-3, Node.js, snake_case, v2.0.1) gives one TOKEN_WORD as typed, followed by TOKEN_PARTs at the
 *         same position: see scan.h. Punctuation and blanks give no token.
 * Units:  start and end are byte offsets of the text that was handed in: where the token stands there, as written.
 * Owner:  the texts of tokens live in the analyzer until its next call; TOKEN_ROOM bytes can be read from where each begins. One analyzer serves one thread.
 * Errors: ERR_MEMORY; ERR_LIMIT; those of foreign.h, for text that only ICU can cut.
 * Cost:   88 to 103 MB/s of Markdown, less where only ICU can cut (see foreign.h), which is opened when first needed.
 */
#ifndef ANALYSIS_ANALYZER_H
#define ANALYSIS_ANALYZER_H

#include "buf.h"
#include "checksum.h"
#include "err.h"
#include "user_words.h"

enum token_kind {
	TOKEN_WORD, /* a word, or a compound as typed */
	TOKEN_PART, /* a part of the compound or joined word before it */
};

/* For loads that need not ask where a word ends. */
enum { TOKEN_ROOM = 8 };

struct token {
	struct span text; /* folded */
	uint32_t start;
	uint32_t end;
	uint32_t position; /* counts words; a part has the position of its compound */
	enum token_kind kind;
	bool han;    /* of a run that the segmenter cut: it may touch its neighbours without being one word with them */
	bool joined; /* of several words: one of the user's dictionary, or an ordinal */
};

/* Longer tokens are cut here: 255 bytes at a character boundary, so that a term's length fits a byte. */
enum { TOKEN_BYTES_MAX = 255 };

/* A longer text is ERR_LIMIT: its folded form, up to 11 times as long, must stay below 2^31 for ICU. */
enum { ANALYZER_TEXT_MAX = 128 << 20 };

struct analyzer;

struct analyzer *analyzer_new(struct err *err);
void analyzer_free(struct analyzer *analyzer);

/* The user's dictionary, borrowed; NULL: none. */
void analyzer_use_words(struct analyzer *analyzer, const struct user_words *words);

/* Appends the tokens of `text` (UTF-8; invalid bytes count as U+FFFD) to `tokens`, an array of struct token. */
int analyzer_cut(struct analyzer *analyzer, struct span text, struct buf *tokens, struct err *err);

/* Up to so many bytes of text are cut at once, or tokens, 40 bytes each, would be most of what a large file takes. Text
 * between two line ends that is longer was written by a program. */
enum { ANALYZER_PART_MAX = 64 << 10 };

/* Takes off the front of a text what may be cut apart from the rest: all of it when that is ANALYZER_PART_MAX at most; the
 * lines of it that fit; or, of a longer line, what is before the last blank, or so many characters. */
struct span analyzer_take_part(struct span *text);

/* What the terms of an index depend on: the version of the chain, the tables, ICU's version, and the tokens and grams of
 * a fixed canary text. Equal fingerprints cut alike. A constant, made when the program is built (gen/make_fingerprint.c). */
extern const struct checksum_128 analyzer_fingerprint;

#endif
