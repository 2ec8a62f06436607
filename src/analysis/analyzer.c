#include "analyzer.h"

#include "fold.h"
#include "join.h"
#include "mem.h"
#include "ordinal.h"
#include "scan.h"
#include "segmenter.h"
#include "unicode.h"
#include "utf8.h"
#include "variant.h"

struct analyzer {
	struct segmenter *segmenter;
	const struct user_words *words; /* or NULL */
	struct buf folded;
	struct buf map;      /* uint32_t: see fold.h */
	struct buf variants; /* struct fold_variant */
	struct buf spelt;    /* a run that holds variants, as they are meant */
	struct buf ends;     /* uint32_t: of the words of one run */
	struct buf pieces;   /* struct scan_piece: of one compound */
	struct buf spare;    /* of join.h */
	struct ordinals ordinals;
};

/* One call of analyzer_cut(). */
struct cut {
	struct analyzer *analyzer;
	struct scan_text text;
	struct buf *tokens;
	uint32_t position; /* of the next word */
	size_t variant;    /* the first of the variants that may stand in the next run */
};

struct analyzer *analyzer_new(struct err *err)
{
	struct analyzer *analyzer = mem_zero(1, sizeof *analyzer);

	if (!analyzer) {
		err_memory(err, "analyse text");
		return NULL;
	}
	analyzer->segmenter = segmenter_new(err);
	if (analyzer->segmenter)
		return analyzer;
	analyzer_free(analyzer);
	return NULL;
}

void analyzer_free(struct analyzer *analyzer)
{
	if (!analyzer)
		return;
	segmenter_free(analyzer->segmenter);
	buf_release(&analyzer->folded);
	buf_release(&analyzer->map);
	buf_release(&analyzer->variants);
	buf_release(&analyzer->spelt);
	buf_release(&analyzer->ends);
	buf_release(&analyzer->pieces);
	buf_release(&analyzer->spare);
	ordinals_release(&analyzer->ordinals);
	mem_free(analyzer);
}

void analyzer_use_words(struct analyzer *analyzer, const struct user_words *words)
{
	analyzer->words = words;
}

/* Where in the source the character ends that made the folded byte before `at`: several may come of one (㎏). */
static uint32_t source_end(const struct cut *cut, size_t at)
{
	uint32_t last = cut->text.map[at - 1];

	while (cut->text.map[at] == last)
		at++;
	return cut->text.map[at];
}

/* Room for one token more, taken without a call while there is some. */
static inline struct token *new_token(struct buf *tokens)
{
	struct token *token;

	if (tokens->capacity - tokens->n < sizeof *token && !buf_reserve(tokens, sizeof *token))
		return NULL;
	token = (void *)(tokens->data + tokens->n);
	tokens->n += sizeof *token;
	return token;
}

/* The folded bytes from start to end; a part stands where the last word does. */
static inline void add_token(struct cut *cut, size_t start, size_t end, enum token_kind kind, bool han)
{
	struct span text = {cut->text.folded.p + start, end - start};
	struct token *token = new_token(cut->tokens);

	if (!token)
		return;
	if (text.n > TOKEN_BYTES_MAX)
		text.n = utf8_floor(text, TOKEN_BYTES_MAX);
	*token = (struct token){
		.text = text,
		.start = cut->text.map[start],
		.end = source_end(cut, start + text.n),
		.position = kind == TOKEN_WORD ? cut->position++ : cut->position - 1,
		.kind = kind,
		.han = han,
	};
}

static size_t run_end(struct span folded, size_t at)
{
	uint32_t code;
	bool valid;

	while (at < folded.n) {
		size_t used;

		if (folded.n - at >= 3 && unicode_begins_han(folded.p + at)) {
			at += 3;
			continue;
		}
		used = utf8_next(folded.p + at, folded.n - at, &code, &valid);
		enum char_class class = unicode_class(code);

		if (class != CLASS_HAN && class != CLASS_SCRIPT && class != CLASS_MARK)
			break;
		at += used;
	}
	return at;
}

/* The variants of the run that are written in it: they have three bytes, folded or not. */
static void spell_variants(struct cut *cut, size_t start, size_t end)
{
	const struct buf *variants = &cut->analyzer->variants;
	struct buf *spelt = &cut->analyzer->spelt;

	buf_reset(spelt);
	buf_add(spelt, cut->text.folded.p + start, end - start);
	for (; cut->variant < BUF_COUNT(variants, struct fold_variant) && !spelt->failed; cut->variant++) {
		const struct fold_variant *variant = &BUF_AT(variants, struct fold_variant, cut->variant);
		char bytes[4];

		if (variant->at >= end)
			return;
		memcpy(spelt->data + variant->at - start, bytes, utf8_put(bytes, variant_meaning(&cut->text, variant)));
	}
}

/* The run as the segmenter is to see it. Nearly all runs hold no variant. */
static struct span spelt_run(struct cut *cut, size_t start, size_t end)
{
	const struct buf *variants = &cut->analyzer->variants;

	if (cut->variant == BUF_COUNT(variants, struct fold_variant) ||
	    BUF_AT(variants, struct fold_variant, cut->variant).at >= end)
		return (struct span){cut->text.folded.p + start, end - start};
	spell_variants(cut, start, end);
	return buf_span(&cut->analyzer->spelt);
}

/* The words of the run that begins at `at`; moves `at` behind it. */
static int cut_run(struct cut *cut, size_t *at, struct err *err)
{
	struct buf *ends = &cut->analyzer->ends;
	size_t start = *at;
	size_t base = *at;
	struct span run;

	*at = run_end(cut->text.folded, start);
	run = spelt_run(cut, start, *at);
	if (cut->analyzer->spelt.failed)
		return err_memory(err, "cut text into words");
	buf_reset(ends);
	if (segmenter_cut(cut->analyzer->segmenter, run, ends, err))
		return -1;
	for (size_t i = 0; i < BUF_COUNT(ends, uint32_t); i++) {
		size_t end = base + BUF_AT(ends, uint32_t, i);

		add_token(cut, start, end, TOKEN_WORD, true);
		start = end;
	}
	return 0;
}

/* The pieces of the compound that begins at `at`; moves `at` behind it, or over the one character that begins none. */
static int cut_compound(struct cut *cut, size_t *at, size_t used, struct err *err)
{
	struct buf *pieces = &cut->analyzer->pieces;
	size_t end = scan_plain_word(&cut->text, *at);

	if (end > *at) {
		add_token(cut, *at, end, TOKEN_WORD, false);
		*at = end;
		return 0;
	}
	buf_reset(pieces);
	end = scan_compound(&cut->text, *at, pieces);
	if (pieces->failed)
		return err_memory(err, "cut text into words");
	for (size_t i = 0; i < BUF_COUNT(pieces, struct scan_piece); i++) {
		struct scan_piece piece = BUF_AT(pieces, struct scan_piece, i);

		add_token(cut, piece.start, piece.end, piece.part ? TOKEN_PART : TOKEN_WORD, false);
	}
	*at = end > *at ? end : *at + used;
	return 0;
}

static int cut_folded(struct cut *cut, struct err *err)
{
	struct span folded = cut->text.folded;
	uint32_t code;
	bool valid;
	int result = 0;

	for (size_t at = 0; at < folded.n && result == 0;) {
		size_t used = utf8_next(folded.p + at, folded.n - at, &code, &valid);
		enum char_class class = code < 0x80 ? scan_ascii_class(code) : unicode_class(code);

		if (class == CLASS_HAN || class == CLASS_SCRIPT)
			result = cut_run(cut, &at, err);
		else if (class == CLASS_LETTER || class == CLASS_DIGIT || code == '.')
			result = cut_compound(cut, &at, used, err);
		else
			at += used;
	}
	return result;
}

int analyzer_cut(struct analyzer *analyzer, struct span text, struct buf *tokens, struct err *err)
{
	struct cut cut = {.analyzer = analyzer, .tokens = tokens};
	size_t first = BUF_COUNT(tokens, struct token);

	if (text.n > ANALYZER_TEXT_MAX)
		return err_set(err, ERR_LIMIT, "a text of %zu bytes is more than can be cut at once", text.n);
	buf_reset(&analyzer->folded);
	buf_reset(&analyzer->map);
	buf_reset(&analyzer->variants);
	fold_with_variants(text, &analyzer->folded, &analyzer->map, &analyzer->variants);
	buf_reserve(&analyzer->folded, TOKEN_ROOM);
	if (analyzer->folded.failed || analyzer->map.failed || analyzer->variants.failed)
		return err_memory(err, "fold text");
	cut.text = (struct scan_text){buf_span(&analyzer->folded), text, (void *)analyzer->map.data};
	if (cut_folded(&cut, err))
		return -1;
	if (analyzer->words && !tokens->failed)
		join_tokens(analyzer->words, tokens, first, &analyzer->spare);
	if (!tokens->failed)
		ordinals_join(&analyzer->ordinals, cut.text.folded, tokens, first);
	return tokens->failed ? err_memory(err, "cut text into words") : 0;
}

/* Where the last `byte` of the text ends; 0 when there is none. */
static size_t end_of_last(struct span text, char byte)
{
	while (text.n && text.p[text.n - 1] != byte)
		text.n--;
	return text.n;
}

struct span analyzer_take_part(struct span *text)
{
	struct span part = {text->p, text->n < ANALYZER_PART_MAX ? text->n : ANALYZER_PART_MAX};

	if (part.n < text->n) {
		size_t end = end_of_last(part, '\n');

		if (!end)
			end = end_of_last(part, ' ');
		part.n = end ? end : utf8_floor(*text, part.n);
	}
	*text = (struct span){text->p + part.n, text->n - part.n};
	return part;
}
