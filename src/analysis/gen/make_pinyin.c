/* make_pinyin - writes pinyin_table.c, the table behind pinyin.h, from the installed ICU.
 *
 * Shape:  make_pinyin FILE. Runs at build time only.
 * Errors: a line on stderr and exit 1: an ICU without the transliterators must not give a table, nor may a list below hold
 *         what is no syllable.
 * Cost:   some 0.3 s.
 */
#include "pinyin.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

const char tool_name[] = "make_pinyin";

enum { CODE_COUNT = PINYIN_LAST - PINYIN_FIRST + 1, LISTS_MAX = 0x1000 };

typedef char syllable[PINYIN_SYLLABLE_MAX + 1];

/* What characters of everyday text may be read as beside what ICU says, where more than the tone differs: a character, its
 * readings, a semicolon. A character that variants fold to (variant.h) is read as these too: 沉 as in 沈阳, 着 as in 著名. */
static const char others[] =
	"耙ba pa;伯bai;呗bai;磅bang pang;膀bang pang;剥bao bo;薄bao bo;刨bao pao;炮bao pao;瀑bao pu;贲ben bi;"
	"蚌beng;泌bi mi;裨bi pi;辟bi pi;屏bing ping;柏bo;蕃bo fan;堡bu pu;孱can chan;参can shen cen;刹cha sha;"
	"差chai ci cha;倘chang tang;沉chen shen;称chen;盛cheng;茄qie;秤cheng ping;匙chi shi;畜chu xu;幢chuang zhuang;"
	"椎chui zhui;伺ci si;攒cuan zan;衰cui shuai;沓da ta;大dai;石dan shi;得dei de;澄deng;坻di chi;地di de;"
	"的di de;提di ti;佚die yi;都du dou;度duo;驮duo tuo;阿e;哦e o;阏e yan;嗯en n;仿fang pang;佛fu fo;夹ga;咖ga ka;"
	"芥gai jie;干gan qian;合ge;颈geng;红gong;贾gu jia;呱gua gu;括gua kuo;矜guan jin;纶guan lun;莞guan wan;"
	"涡guo wo;虾ha;咳hai ke;巷hang;吭hang keng;行hang xing heng;镐hao gao;貉hao he;吓he xia;核hu;戏hu xi;"
	"豁hua huo;还huan hai;溃hui kui;和huo hu;奇ji;革ji;给ji gei;借jie ji;其ji qi;期ji qi;系ji xi;"
	"伽jia qie ga;挟jia xie;强jiang qiang;觉jiao jue;校jiao xiao;劲jing jin;炅jiong gui;车ju;桔ju jie;"
	"圈juan quan;嚼jue jiao;角jue jiao;隽jun juan;龟jun qiu;会kuai;落la lao luo;潦lao liao;勒lei le;"
	"俩liang lia;了liao le;棱ling leng;拎ling lin;碌liu lu;陆liu lu;咯lo ge ka;弄long nong;露lou lu;偻lou lv;"
	"六lu;捋luo lv;率lv shuai;么ma me;抹ma mo;埋man mai;氓mang meng;糜mei mi;缪miao miu mou;脉mo mai;"
	"没mo mei;万mo wan;模mu mo;哪nei na;那nei na;呢ni ne;拗niu;娜nuo na;喔o wo;迫pai po;番pan;胖pan pang;"
	"否pi fou;便pian;扁pian;朴piao pu po;冯ping feng;泊po bo;暴pu;脯pu fu;稽qi ji;缉qi ji;栖qi xi;蹊qi xi;"
	"祇qi zhi;卡qia ka;纤qian xian;将qiang;壳qiao ke;雀qiao que;覃qin tan;亲qing qin;塞sai se;杉sha shan;"
	"厦sha xia;色shai se;禅shan chan;单shan chan dan;汤shang tang;拾she shi;什shen shi;乘sheng;渑sheng mian;"
	"似shi si;殖shi zhi;熟shou shu;谁shui shei;说shui yue shuo;缩su suo;尿sui niao;莎suo sha;拓ta tuo;"
	"弹tan dan;叨tao;调tiao diao;囤tun dun;褪tun tui;蔓wan man;遗wei yi;恶wu e;腊xi la;呷xia ga;见xian jian;"
	"洗xian xi;降xiang jiang;契xie qi;血xie xue;叶xie ye;省xing sheng;荥xing ying;臭xiu;宿xiu su;浒xu hu;"
	"圩xu wei;券xuan quan;削xue xiao;荨xun qian;轧ya zha ga;铅yan qian;殷yan yin;侥yao jiao;疟yao nve;"
	"约yao yue;咽ye yan;蛇yi she;尾yi wei;谷yu;蔚yu wei;吁yu xu;熨yu yun;粥yu zhou;钥yue yao;扎za zha;"
	"仔zai zi;藏zang;咋ze zha za;综zeng zong;蜡zha la;柞zha zuo;择zhai ze;颤zhan;嘲zhao chao;朝zhao chao;"
	"这zhei zhe;氏zhi shi;识zhi shi;属zhu shu;爪zhua zhao;传zhuan chuan;着zhuo zhao zhe zhu;枞zong cong;咀zui ju;"
	"撮zuo cuo;琢zuo zhuo;";

/* Said by everybody, and the usual reading of no character. */
static const char *const spoken[] = {"dei", "zhei"};

struct tables {
	syllable readings[CODE_COUNT][PINYIN_READINGS];
	unsigned counts[CODE_COUNT];
	syllable syllables[PINYIN_SYLLABLES];
	unsigned syllable_count;
	uint16_t lists[LISTS_MAX];
	unsigned list_count;
};

struct sources {
	UTransliterator *of[2]; /* the usual reading, that of names */
	const UNormalizer2 *decompose;
};

static UTransliterator *open_transliterator(const UChar *id)
{
	UErrorCode status = U_ZERO_ERROR;
	UTransliterator *made = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);

	check(status, "open Han-Latin");
	return made;
}

/* The letters of a syllable, its tone left out, ü as v: false when it holds anything else. */
static bool plain(const UChar *text, int32_t n, syllable out)
{
	size_t to = 0;

	for (int32_t i = 0; i < n; i++) {
		bool umlaut = text[i] == 0x308;
		bool tone = text[i] == 0x300 || text[i] == 0x301 || text[i] == 0x304 || text[i] == 0x30C ||
			    text[i] == 0x302 || text[i] == 0x306;

		if (umlaut && to && out[to - 1] == 'u')
			out[to - 1] = 'v';
		else if (text[i] >= 'a' && text[i] <= 'z' && to < PINYIN_SYLLABLE_MAX)
			out[to++] = (char)text[i];
		else if (!tone)
			return false;
	}
	out[to] = '\0';
	return to > 0;
}

static bool read_character(const struct sources *s, unsigned source, uint32_t code, syllable out)
{
	enum { CAPACITY = 32 };
	UErrorCode status = U_ZERO_ERROR;
	UChar text[CAPACITY] = {(UChar)code};
	UChar apart[CAPACITY];
	int32_t n = 1;
	int32_t limit = 1;

	utrans_transUChars(s->of[source], text, &n, CAPACITY, 0, &limit, &status);
	while (n && text[n - 1] == ' ')
		n--;
	n = unorm2_normalize(s->decompose, text, n, apart, CAPACITY, &status);
	check(status, "read a character");
	return plain(apart, n, out);
}

static void add_reading(struct tables *t, uint32_t code, const char *reading)
{
	unsigned at = code - PINYIN_FIRST;

	for (unsigned i = 0; i < t->counts[at]; i++)
		if (strcmp(t->readings[at][i], reading) == 0)
			return;
	if (t->counts[at] == PINYIN_READINGS)
		die("U+%04X has more than %d readings", code, PINYIN_READINGS);
	strcpy(t->readings[at][t->counts[at]++], reading);
}

static int compare_syllables(const void *a, const void *b)
{
	return strcmp(a, b);
}

static unsigned find_syllable(const struct tables *t, const char *text)
{
	const syllable *found = bsearch(text, t->syllables, t->syllable_count, sizeof *t->syllables, compare_syllables);

	if (!found)
		die("%s: no syllable that ICU knows", text);
	return (unsigned)(found - t->syllables);
}

/* Keeps them sorted. */
static void add_syllable(struct tables *t, const char *text)
{
	if (bsearch(text, t->syllables, t->syllable_count, sizeof *t->syllables, compare_syllables))
		return;
	if (t->syllable_count == PINYIN_SYLLABLES)
		die("more than %d syllables", PINYIN_SYLLABLES);
	strcpy(t->syllables[t->syllable_count++], text);
	qsort(t->syllables, t->syllable_count, sizeof *t->syllables, compare_syllables);
}

static void read_all(struct tables *t, const struct sources *s)
{
	for (unsigned source = 0; source < 2; source++) {
		for (uint32_t code = PINYIN_FIRST; code <= PINYIN_LAST; code++) {
			syllable reading;

			if (!read_character(s, source, code, reading))
				continue;
			add_reading(t, code, reading);
			add_syllable(t, reading);
		}
	}
	for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
		add_syllable(t, spoken[i]);
}

/* The reading at `*p`, which goes past it: false at the end of a character's. */
static bool next_reading(const char **p, syllable out)
{
	size_t n = strcspn(*p, " ;");

	if (n == 0 || n > PINYIN_SYLLABLE_MAX)
		die("others: \"%.8s\" is no reading", *p);
	memcpy(out, *p, n);
	out[n] = '\0';
	*p += n + 1;
	return (*p)[-1] == ' ';
}

static void add_others(struct tables *t)
{
	for (const char *p = others; *p;) {
		const unsigned char *bytes = (const unsigned char *)p;
		uint32_t code = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
		syllable reading;
		bool more = true;

		for (p += 3; more;) {
			more = next_reading(&p, reading);
			find_syllable(t, reading);
			add_reading(t, code, reading);
		}
	}
}

static uint16_t entry_of(struct tables *t, unsigned at)
{
	unsigned first = t->list_count;

	if (t->counts[at] == 0)
		return 0;
	if (t->counts[at] == 1)
		return (uint16_t)(find_syllable(t, t->readings[at][0]) + 1);
	if (LISTS_MAX - t->list_count < PINYIN_READINGS)
		die("too many lists");
	for (unsigned i = 0; i < t->counts[at]; i++)
		t->lists[t->list_count++] = (uint16_t)find_syllable(t, t->readings[at][i]);
	t->lists[t->list_count - 1] |= PINYIN_LIST;
	return (uint16_t)(first | PINYIN_LIST);
}

static bool is_read(const struct tables *t, unsigned at, const char *syllable)
{
	for (unsigned i = 0; i < t->counts[at]; i++)
		if (strcmp(t->readings[at][i], syllable) == 0)
			return true;
	return false;
}

static void print_characters(FILE *out, const struct tables *t)
{
	unsigned starts[PINYIN_SYLLABLES];
	unsigned count = 0;

	fprintf(out, "\nconst uint16_t pinyin_characters[] = {");
	for (unsigned i = 0; i < t->syllable_count; i++) {
		starts[i] = count;
		for (unsigned at = 0; at < CODE_COUNT; at++)
			if (is_read(t, at, t->syllables[i]))
				fprintf(out, "%s%u,", count++ % 16 ? "" : "\n\t", at + PINYIN_FIRST);
	}
	if (count > UINT16_MAX)
		die("too many readings");
	fputs("\n};\n\nconst uint16_t pinyin_starts[] = {", out);
	for (unsigned i = 0; i < t->syllable_count; i++)
		fprintf(out, "%s%u,", i % 16 ? "" : "\n\t", starts[i]);
	fprintf(out, "%u,\n};\n", count);
}

static void print_tables(FILE *out, struct tables *t)
{
	fprintf(out, "/* Made by make_pinyin from ICU %s. */\n#include \"pinyin.h\"\n", U_ICU_VERSION);
	fprintf(out, "\nconst unsigned pinyin_syllable_count = %u;\n", t->syllable_count);
	fprintf(out, "\nconst char pinyin_syllables[][PINYIN_SYLLABLE_MAX + 1] = {");
	for (unsigned i = 0; i < t->syllable_count; i++)
		fprintf(out, "%s\"%s\",", i % 12 ? " " : "\n\t", t->syllables[i]);
	fprintf(out, "\n};\n\nconst uint16_t pinyin_entries[PINYIN_LAST - PINYIN_FIRST + 1] = {");
	for (unsigned i = 0; i < CODE_COUNT; i++)
		fprintf(out, "%s%u,", i % 16 ? "" : "\n\t", entry_of(t, i));
	fprintf(out, "\n};\n\nconst uint16_t pinyin_lists[] = {");
	for (unsigned i = 0; i < t->list_count; i++)
		fprintf(out, "%s%u,", i % 16 ? "" : "\n\t", t->lists[i]);
	fputs("\n};\n", out);
	print_characters(out, t);
}

int main(int argc, char **argv)
{
	static struct tables tables;
	struct sources sources = {{open_transliterator(u"Han-Latin"), open_transliterator(u"Han-Latin/Names")}, NULL};
	UErrorCode status = U_ZERO_ERROR;
	FILE *out;

	if (argc != 2)
		die("usage: make_pinyin FILE");
	sources.decompose = unorm2_getNFDInstance(&status);
	check(status, "decompose");
	read_all(&tables, &sources);
	utrans_close(sources.of[0]);
	utrans_close(sources.of[1]);
	add_others(&tables);
	out = create(argv[1]);
	print_tables(out, &tables);
	finish(out, argv[1]);
	return 0;
}
