#include "variant.h"

#include "utf8.h"

enum {
	NEAR = 8, /* code points on each side that are looked at; 4 differ in 5 of 279 places, none for the better */
	VARIANT_BYTES = 3,  /* all are in U+0800 to U+FFFF, as is all that stands in the lists */
	WORD_BYTES_MAX = 9, /* of a listed word */
};

struct rule {
	uint32_t code;
	uint32_t itself;
	bool neighbours;     /* what is near decides, where no list does; else it is itself */
	const char *kept;    /* words, with a blank before each: here it is itself */
	const char *changed; /* and here it is what it folds to */
};

static const char kept_zhu[] =
	" 著名 著作 著者 著称 著述 著录 著书 著文 著有 编著 原著 名著 论著 专著 显著 卓著 译著 巨著 拙著 土著"
	" 昭著 合著 遗著 新著 旧著 所著 撰著";
static const char kept_qian[] =
	" 乾坤 乾隆 乾嘉 康乾 乾卦 乾元 乾陵 乾清 乾县 乾安 乾符 乾宁 乾道 乾德 乾统 乾佑 乾祐 乾封 乾化"
	" 乾亨 乾兴 乾州 乾象 乾纲 朝乾";
static const char changed_chen[] =
	" 沈没 沈默 沈重 沈思 沈浸 沈淀 沈积 沈稳 沈着 沈沦 沈睡 沈痛 沈迷 沈寂 沈溺 沈醉 沈静 沈吟"
	" 沈闷 沈船 沈降 沈入 沈沈 深沈 低沈 消沈 浮沈 下沈 昏沈 阴沈 击沈";

static const struct rule rules[] = {
	{U'著', U'著', true, kept_zhu, " 看著 试著 跟著 本著"},
	{U'乾', U'乾', true, kept_qian, " 乾杯"},
	{U'藉', U'藉', true, " 慰藉 狼藉 蕴藉 枕藉 藉藉", " 藉由"},
	{U'瞭', U'瞭', true, " 瞭望 瞭哨", ""},
	{U'暸', U'瞭', true, " 瞭望 瞭哨", ""},
	{U'甚', U'甚', false, " 甚至 甚多 甚高 甚大 甚远 甚微 甚少 甚或 甚于 过甚 更甚 尤甚 太甚", " 甚么"},
	{U'覆', U'覆', false, " 覆盖 颠覆 覆灭 倾覆 覆没 覆辙 覆写", " 答覆 回覆 批覆 反覆 覆信 覆函 覆命 函覆"},
	{U'沈', U'沈', false, " 沈阳 沈从", changed_chen},
	{U'瀋', U'沈', false, "", ""},
	{U'彷', U'彷', false, " 彷徨", " 彷佛"},
	{U'姊', U'姊', false, "", " 姊姊"},
	{U'俱', U'俱', false, " 俱乐 俱全 俱备 俱到 俱佳 俱在", " 家俱"},
	{U'吒', U'吒', false, " 哪吒", " 叱吒"},
};

static const struct rule *rule_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i].code == code)
			return &rules[i];
	return NULL;
}

static uint32_t folded(uint32_t code)
{
	uint32_t to[UNICODE_FOLD_MAX];

	unicode_fold(code, to);
	return to[0];
}

/* Does the word stand at p, of which n bytes are there? Compared as folded. */
static bool stands(struct span word, const char *p, size_t n)
{
	if (word.n > n)
		return false;
	for (size_t i = 0; i < word.n; i += VARIANT_BYTES) {
		uint32_t code;
		char bytes[4];
		bool valid;

		utf8_next(word.p + i, word.n - i, &code, &valid);
		utf8_put(bytes, folded(code));
		if (memcmp(bytes, p + i, VARIANT_BYTES) != 0)
			return false;
	}
	return true;
}

/* Is the character at `at` of the folded text that of a word in the list? */
static bool is_listed(struct span text, size_t at, const char *words, uint32_t itself)
{
	char variant[4];

	utf8_put(variant, itself);
	for (const char *word = words; *word;) {
		size_t n = strcspn(++word, " ");

		for (size_t i = 0; i < n; i += VARIANT_BYTES)
			if (i <= at && memcmp(word + i, variant, VARIANT_BYTES) == 0 &&
			    stands((struct span){word, n}, text.p + at - i, text.n - (at - i)))
				return true;
		word += n;
	}
	return false;
}

/* Only Traditional text has it. */
static bool is_traditional(uint32_t code)
{
	return unicode_class(code) == CLASS_HAN && !unicode_is_variant(code) && folded(code) != code;
}

static bool is_near_traditional(struct span source, size_t at)
{
	uint32_t code;
	bool valid;
	size_t next = at;
	size_t before = at;

	for (unsigned i = 0; i <= NEAR && next < source.n; i++) {
		next += utf8_next(source.p + next, source.n - next, &code, &valid);
		if (is_traditional(code))
			return true;
	}
	for (unsigned i = 0; i < NEAR && before > 0; i++) {
		before = utf8_floor(source, before - 1);
		utf8_next(source.p + before, source.n - before, &code, &valid);
		if (is_traditional(code))
			return true;
	}
	return false;
}

uint32_t variant_meaning(const struct scan_text *text, const struct fold_variant *variant)
{
	const struct rule *rule = rule_of(variant->code);

	if (!rule)
		return folded(variant->code);
	if (is_listed(text->folded, variant->at, rule->changed, rule->itself))
		return folded(variant->code);
	if (!rule->neighbours || is_listed(text->folded, variant->at, rule->kept, rule->itself))
		return rule->itself;
	return is_near_traditional(text->source, text->map[variant->at]) ? folded(variant->code) : rule->itself;
}

void variant_show(struct span source, struct buf *shown)
{
	struct buf variants = {0};
	struct buf map = {0};
	struct buf folded = {0};
	size_t start = shown->n;
	struct scan_text text;

	fold_with_variants(source, &folded, &map, &variants);
	text = (struct scan_text){buf_span(&folded), source, (const void *)map.data};
	buf_add_span(shown, text.folded);
	shown->failed |= folded.failed || map.failed || variants.failed;
	for (size_t i = 0; i < BUF_COUNT(&variants, struct fold_variant) && !shown->failed; i++) {
		const struct fold_variant *variant = &BUF_AT(&variants, struct fold_variant, i);
		char bytes[4];

		memcpy(shown->data + start + variant->at, bytes, utf8_put(bytes, variant_meaning(&text, variant)));
	}
	buf_release(&folded);
	buf_release(&map);
	buf_release(&variants);
}

/* In place of another character of as many bytes. */
static void put_code(char *to, uint32_t code)
{
	char bytes[4];

	memcpy(to, bytes, utf8_put(bytes, code));
}

/* The variant that a listed word has at `at` of the folded text, or 0. */
static uint32_t listed_variant(struct span text, size_t at, uint32_t code)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (folded(rules[i].itself) == code && is_listed(text, at, rules[i].kept, rules[i].itself))
			return rules[i].itself;
	return 0;
}

void variant_spell(struct span text, struct buf *out)
{
	struct buf map = {0};
	struct buf plain = {0};
	size_t start = out->n;

	fold_text(text, &plain, &map);
	buf_add_span(out, text);
	out->failed |= plain.failed || map.failed;
	for (size_t at = 0; !out->failed && at < plain.n;) {
		char *written = out->data + start + BUF_AT(&map, uint32_t, at);
		uint32_t code;
		uint32_t variant;
		bool valid;
		size_t used = utf8_next(plain.data + at, plain.n - at, &code, &valid);

		/* where folding made it of something else, that says what is meant */
		variant = listed_variant(buf_span(&plain), at, code);
		if (variant && memcmp(written, plain.data + at, used) == 0)
			put_code(written, variant);
		at += used;
	}
	buf_release(&plain);
	buf_release(&map);
}
