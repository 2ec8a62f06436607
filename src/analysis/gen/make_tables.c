/* make_tables - writes unicode_tables.c, the tables behind unicode.h and unfold.h, from the installed ICU.
 *
 * Shape:  make_tables FILE. Runs at build time only; see the headers for what the tables hold and how they are read.
 * Errors: a line on stderr and exit 1: an ICU without a converter or transliterator we rely on must not give tables.
 * Cost:   some two seconds.
 */
#include "tool.h"
#include "unfold.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum {
	CODE_COUNT = 0x110000,
	BLOCK_SIZE = 1 << UNICODE_BLOCK_BITS,
	BLOCK_COUNT = CODE_COUNT / BLOCK_SIZE,
	RECORDS_MAX = 0x10000 - UNICODE_SELF_ENTRIES,
	EXPANSIONS_MAX = 0x10000,
	SOURCES_MAX = 0x10000,
};

struct sources {
	const UNormalizer2 *nfkc_casefold;
	UTransliterator *simplify;
	UConverter *gb2312;
};

struct tables {
	uint16_t blocks[BLOCK_COUNT];
	uint16_t entries[CODE_COUNT];
	uint32_t records[RECORDS_MAX];
	uint32_t expansions[EXPANSIONS_MAX];
	size_t entry_count;
	size_t record_count;
	size_t expansion_count;
};

/* What folds to each bucket, in no order, `next` being the one added before; 0: none. */
struct inverse {
	uint32_t last[UNFOLD_BUCKETS];
	uint32_t next[SOURCES_MAX];
	uint16_t source[SOURCES_MAX];
	uint32_t count; /* the first is none */
};

const char tool_name[] = "make_tables";

/* Pairs (from, to) where GB 2312 and ICU's transform together give the wrong answer; `to` equal to `from` keeps a
 * character. Counts are of 43 MB of Traditional and 48 MB of Simplified technical manuals (the same ones). */
static const uint32_t exceptions[] =
	/* In GB 2312, yet as good as always Traditional (於 14832 : 0, 後 12661 : 0, 徵 207 : 0, 摺 67 : 1, 夥 30 : 0). In
	 * Simplified they are a name (於菟), a note (宫商角徵羽) or somebody's old spelling (谘 for 咨). */
	U"後后於于徵征摺折夥伙菸烟麽么谘咨"
	/* ICU's target is not what Simplified writes: 諮詢 is 咨询 (ICU: 谘), 逕 is 径 (迳), 龎 is 庞 (厐), 艱鉅 is 艰巨
	 * (钜). */
	U"諮咨逕径龎庞鉅巨"
	/* Good Simplified though not in GB 2312: 氹仔 (ICU: 凼). */
	U"氹氹"
	/* Variants of today's Taiwan and Hong Kong text that ICU does not have. */
	U"妳你牠它衹只嶽岳彊强揹背枴拐柺拐甦苏囌苏矇蒙濛蒙珮佩硃朱迺乃陜陕勦剿啣衔瘉愈痺痹痲麻鞦秋韆千犛牦玆兹菴庵"
	U"觔斤牴抵煖暖鍼针鉆钻堿碱鹻碱鹸碱譭毁擡抬繙翻飜翻糉粽閙闹峯峰麪面敍叙滙汇衞卫舘馆汚污濶阔谿溪蔘参麴曲"
	/* Old printed forms of the same characters, which some fonts and input methods still make. */
	U"竝并幷并鬪斗鬬斗囘回値值緖绪敎教旣既卽即尙尚靑青淸清槪概郞郎鄕乡鎭镇毎每";

/* The same for variants, which variant.c tells apart: good Simplified text in some words, Traditional for the other
 * character in others; and what ICU makes one of them (瀋 is 沈). */
static const uint32_t variants[] = U"著着乾干藉借瞭了暸了甚什覆复沈沉瀋沉彷仿姊姐俱具吒咤";

static void sources_open(struct sources *s)
{
	static const UChar id[] = u"Traditional-Simplified";
	UErrorCode status = U_ZERO_ERROR;

	s->nfkc_casefold = unorm2_getNFKCCasefoldInstance(&status);
	check(status, "give NFKC_Casefold");
	s->simplify = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	check(status, "open Traditional-Simplified");
	s->gb2312 = ucnv_open("ibm-1383_P110-1999", &status);
	check(status, "open its GB 2312 converter");
	ucnv_setFromUCallBack(s->gb2312, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
	check(status, "make the converter strict");
	ucnv_setFallback(s->gb2312, false);
}

static void sources_close(struct sources *s)
{
	utrans_close(s->simplify);
	ucnv_close(s->gb2312);
}

static bool in_gb2312(const struct sources *s, uint32_t code)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text = (UChar)code;
	char bytes[8];

	return code < 0x10000 && ucnv_fromUChars(s->gb2312, bytes, sizeof bytes, &text, 1, &status) == 2 &&
	       U_SUCCESS(status);
}

static size_t utf16_put(UChar to[2], uint32_t code)
{
	if (code < 0x10000) {
		to[0] = (UChar)code;
		return 1;
	}
	to[0] = (UChar)(0xD7C0 + (code >> 10));
	to[1] = (UChar)(0xDC00 | (code & 0x3FF));
	return 2;
}

static uint32_t transform(const struct sources *s, uint32_t code)
{
	enum { CAPACITY = 16 };
	UErrorCode status = U_ZERO_ERROR;
	UChar text[CAPACITY];
	int32_t n = (int32_t)utf16_put(text, code);
	int32_t limit = n;
	UChar32 result[CAPACITY];

	utrans_transUChars(s->simplify, text, &n, CAPACITY, 0, &limit, &status);
	u_strToUTF32(result, CAPACITY, &limit, text, n, &status);
	check(status, "simplify a character");
	return limit == 1 && u_hasBinaryProperty(*result, UCHAR_IDEOGRAPHIC) ? (uint32_t)*result : code;
}

/* What the list of pairs has for the code point, or 0. */
static uint32_t listed(const uint32_t *pairs, uint32_t code)
{
	for (; *pairs; pairs += 2)
		if (*pairs == code)
			return pairs[1];
	return 0;
}

static uint32_t simplify(const struct sources *s, uint32_t code)
{
	uint32_t to = listed(variants, code);

	if (!to)
		to = listed(exceptions, code);
	if (to)
		return to;
	if (!u_hasBinaryProperty((UChar32)code, UCHAR_IDEOGRAPHIC) || in_gb2312(s, code))
		return code;
	return transform(s, code);
}

/* Until nothing changes: a few targets are Traditional in another reading (薴 -> 苧 -> 苎). */
static uint32_t simplify_fully(const struct sources *s, uint32_t code)
{
	for (int i = 0; i < 4; i++) {
		uint32_t to = simplify(s, code);

		if (to == code)
			return code;
		code = to;
	}
	die("U+%04X is simplified in circles", code);
}

/* The fold of one code point, see unicode.h. */
static size_t fold(const struct sources *s, uint32_t code, uint32_t to[UNICODE_FOLD_MAX])
{
	enum { CAPACITY = 2 * UNICODE_FOLD_MAX };
	UErrorCode status = U_ZERO_ERROR;
	UChar source[2];
	UChar folded[CAPACITY];
	UChar32 codes[UNICODE_FOLD_MAX];
	int32_t n = (int32_t)utf16_put(source, code);

	to[0] = code;
	if (U_IS_SURROGATE(code))
		return 1;
	n = unorm2_normalize(s->nfkc_casefold, source, n, folded, CAPACITY, &status);
	u_strToUTF32(codes, UNICODE_FOLD_MAX, &n, folded, n, &status);
	check(status, "fold a character");
	for (int32_t i = 0; i < n; i++)
		to[i] = simplify_fully(s, (uint32_t)codes[i]);
	return (size_t)n;
}

static bool needs_dictionary(UChar32 code)
{
	static const UScriptCode scripts[] = {USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL, USCRIPT_BOPOMOFO,
					      USCRIPT_YI};

	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
		if (uscript_hasScript(code, scripts[i]))
			return true;
	return u_getIntPropertyValue(code, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

static enum char_class class_of(UChar32 code)
{
	uint32_t category = U_GET_GC_MASK(code);
	UErrorCode status = U_ZERO_ERROR;

	if (u_hasBinaryProperty(code, UCHAR_WHITE_SPACE))
		return CLASS_SPACE;
	/* Enclosing marks make keycaps of digits: the digit is what is said. */
	if (category & (U_GC_MN_MASK | U_GC_MC_MASK) || u_hasBinaryProperty(code, UCHAR_JOIN_CONTROL))
		return CLASS_MARK;
	if (category & U_GC_ND_MASK)
		return CLASS_DIGIT;
	if (u_hasBinaryProperty(code, UCHAR_IDEOGRAPHIC) ||
	    (uscript_getScript(code, &status) == USCRIPT_HAN && !(category & U_GC_P_MASK)))
		return CLASS_HAN;
	if (!(category & (U_GC_L_MASK | U_GC_NL_MASK)))
		return CLASS_SYMBOL;
	return needs_dictionary(code) ? CLASS_SCRIPT : CLASS_LETTER;
}

static bool is_wide(UChar32 code)
{
	int width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);

	return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

static uint32_t add_expansion(struct tables *t, const uint32_t *to, size_t n)
{
	uint32_t at = (uint32_t)t->expansion_count;

	if (n > EXPANSIONS_MAX - t->expansion_count)
		die("more than %d code points in expansions", EXPANSIONS_MAX);
	if (n)
		memcpy(t->expansions + at, to, n * sizeof *to);
	t->expansion_count += n;
	return at;
}

static uint16_t add_record(struct tables *t, uint32_t record)
{
	size_t i = 0;

	while (i < t->record_count && t->records[i] != record)
		i++;
	if (i == RECORDS_MAX)
		die("more than %d records", RECORDS_MAX);
	if (i == t->record_count)
		t->records[t->record_count++] = record;
	return (uint16_t)(i + UNICODE_SELF_ENTRIES);
}

static void add_source(struct inverse *inverse, uint32_t target, uint32_t code)
{
	uint32_t *last = &inverse->last[target % UNFOLD_BUCKETS];
	uint16_t source = code % UNFOLD_BUCKETS;

	for (uint32_t at = *last; at; at = inverse->next[at])
		if (inverse->source[at] == source)
			return;
	if (++inverse->count == SOURCES_MAX)
		die("more than %d code points fold to others", SOURCES_MAX);
	inverse->source[inverse->count] = source;
	inverse->next[inverse->count] = *last;
	*last = inverse->count;
}

static uint16_t entry_of(const struct sources *s, struct tables *t, struct inverse *inverse, uint32_t code)
{
	uint32_t to[UNICODE_FOLD_MAX];
	size_t n = fold(s, code, to);
	uint32_t kind = (uint32_t)class_of((UChar32)code) | (is_wide((UChar32)code) ? UNICODE_WIDE_BIT : 0);
	uint32_t variant = listed(variants, code) ? UNICODE_VARIANT_BIT : 0;
	uint32_t value;

	if (n == 1 && to[0] == code)
		return (uint16_t)kind;
	for (size_t i = 0; i < n; i++)
		add_source(inverse, to[i], code);
	value = n == 1 ? to[0] : n ? add_expansion(t, to, n) : 0;
	return add_record(t, kind | (uint32_t)n << UNICODE_COUNT_SHIFT | value << UNICODE_VALUE_SHIFT | variant);
}

static void add_block(const struct sources *s, struct tables *t, struct inverse *inverse, size_t block)
{
	uint16_t entries[BLOCK_SIZE];
	size_t at = 0;

	for (size_t i = 0; i < BLOCK_SIZE; i++)
		entries[i] = entry_of(s, t, inverse, (uint32_t)(block * BLOCK_SIZE + i));
	while (at < t->entry_count && memcmp(t->entries + at, entries, sizeof entries) != 0)
		at += BLOCK_SIZE;
	if (at == t->entry_count) {
		memcpy(t->entries + at, entries, sizeof entries);
		t->entry_count += BLOCK_SIZE;
	}
	t->blocks[block] = (uint16_t)(at / BLOCK_SIZE);
}

/* The lists of all buckets one after the other, and where each begins. */
static void flatten(const struct inverse *inverse, uint16_t starts[UNFOLD_BUCKETS + 1], uint16_t sources[SOURCES_MAX])
{
	uint16_t count = 0;

	for (size_t i = 0; i < UNFOLD_BUCKETS; i++) {
		starts[i] = count;
		for (uint32_t at = inverse->last[i]; at; at = inverse->next[at])
			sources[count++] = inverse->source[at];
	}
	starts[UNFOLD_BUCKETS] = count;
}

/* FNV-1a, 64 bits, over the values whatever the byte order of this machine. */
static uint64_t hash_value(uint64_t hash, uint32_t value)
{
	for (int shift = 0; shift < 32; shift += 8)
		hash = (hash ^ (value >> shift & 0xFF)) * 0x100000001B3u;
	return hash;
}

static uint64_t print_16(FILE *out, const char *name, const uint16_t *values, size_t n, uint64_t hash)
{
	fprintf(out, "\nconst uint16_t %s[%zu] = {", name, n);
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "%s%u,", i % 16 ? "" : "\n\t", values[i]);
		hash = hash_value(hash, values[i]);
	}
	fputs("\n};\n", out);
	return hash;
}

static uint64_t print_32(FILE *out, const char *name, const uint32_t *values, size_t n, uint64_t hash)
{
	fprintf(out, "\nconst uint32_t %s[%zu] = {", name, n);
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "%s0x%X,", i % 8 ? "" : "\n\t", values[i]);
		hash = hash_value(hash, values[i]);
	}
	fputs("\n};\n", out);
	return hash;
}

static void print_head(FILE *out, const struct tables *t)
{
	fprintf(out, "/* Made by make_tables from ICU %s (Unicode %s): %zu bytes. */\n#include \"unfold.h\"\n",
		U_ICU_VERSION, U_UNICODE_VERSION,
		sizeof t->blocks + t->entry_count * sizeof *t->entries + t->record_count * sizeof *t->records +
			t->expansion_count * sizeof *t->expansions);
}

/* What follows from the others is no part of the hash. */
static void print_inverse(FILE *out, const struct inverse *inverse)
{
	static uint16_t starts[UNFOLD_BUCKETS + 1];
	static uint16_t sources[SOURCES_MAX];

	flatten(inverse, starts, sources);
	print_16(out, "unfold_starts", starts, UNFOLD_BUCKETS + 1, 0);
	print_16(out, "unfold_sources", sources, starts[UNFOLD_BUCKETS], 0);
}

static void print_tables(FILE *out, const struct tables *t)
{
	uint64_t hash = 0xCBF29CE484222325u;

	hash = print_16(out, "unicode_blocks", t->blocks, BLOCK_COUNT, hash);
	hash = print_16(out, "unicode_entries", t->entries, t->entry_count, hash);
	hash = print_32(out, "unicode_records", t->records, t->record_count, hash);
	hash = print_32(out, "unicode_expansions", t->expansions, t->expansion_count, hash);
	fprintf(out, "\nconst uint64_t unicode_tables_hash = 0x%llXu;\n", (unsigned long long)hash);
}

int main(int argc, char **argv)
{
	static struct tables tables;
	static struct inverse inverse;
	struct sources sources;
	FILE *out;

	if (argc != 2)
		die("usage: make_tables FILE");
	sources_open(&sources);
	for (size_t block = 0; block < BLOCK_COUNT; block++)
		add_block(&sources, &tables, &inverse, block);
	sources_close(&sources);
	out = create(argv[1]);
	print_head(out, &tables);
	/* first: so it lies near the blocks, which every query reads */
	print_inverse(out, &inverse);
	print_tables(out, &tables);
	finish(out, argv[1]);
	return 0;
}
