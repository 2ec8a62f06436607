#include "sound.h"

#include "image.h"
#include "random.h"
#include "segment.h"
#include "unit.h"

/* Half of these sections have the word in their heading: more than a block of 128 each. */
enum { FILES = 6, SECTIONS = 46, LINES = 13 };

/* What a dictionary is worth having for: much that is in common, and in no order. */
static void add_line(struct buf *text, uint64_t *seed)
{
	static const char *const words[] = {"早上", "晚上", "牌子", "门口", "客人", "熟客", "杯子", "豆子",
					    "牛奶", "面包", "烤箱", "座位", "窗边", "灯光", "音乐", "价格",
					    "菜单", "外卖", "雨天", "周末", "排队", "付款", "零钱", "报表"};

	buf_printf(text, "- 第 %u 天：", random_below(seed, 365));
	for (unsigned i = 0; i < 11; i++)
		buf_add_text(text, words[random_below(seed, sizeof words / sizeof words[0])]);
	buf_printf(text, "，%u 人 ab%c\n", random_below(seed, 90), 'a' + (int)random_below(seed, 26));
}

static void add_section(struct buf *text, unsigned file, unsigned i, bool large, uint64_t *seed)
{
	buf_printf(text, "## %s %u %s\n\n", i % 2 ? "租金" : "季度", file * SECTIONS + i, i == 7 ? "成本" : "");
	for (unsigned k = 0; k <= i % 5; k++)
		buf_printf(text, "租金%s。", k % 2 ? "按季付" : "按月付，要成本");
	buf_add_text(text, "成本\n\n");
	for (unsigned k = 0; k < LINES && large; k++)
		add_line(text, seed);
}

/* The same text three times, and front matter: after everything else in the order of paths. */
static void write_copies(struct scratch *scratch)
{
	static const char text[] = "# 合同\n\n这一份合同三家店用的是同一个文本，租金和押金另外写明。\n";

	scratch_write(scratch, "notes/附/甲.md", text);
	scratch_write(scratch, "notes/附/乙.md", text);
	scratch_write(scratch, "notes/附/丙.md", text);
	scratch_write(scratch, "notes/附/丁.md", "# 别的\n\n另一份。\n");
	scratch_write(scratch, "notes/附/戊.md", "---\ntag: [甲, 乙]\n---\n租金的底稿。\n");
}

static void write_notes(struct scratch *scratch, bool large)
{
	uint64_t seed = 1;

	scratch_fill(scratch);
	for (unsigned file = 0; file < FILES; file++) {
		struct buf name = {0};
		struct buf text = {0};

		buf_printf(&name, "notes/季/%u.md", file);
		for (unsigned i = 0; i < SECTIONS; i++)
			add_section(&text, file, i, large, &seed);
		scratch_write_bytes(scratch, buf_string(&name), buf_span(&text));
		buf_release(&name);
		buf_release(&text);
	}
	write_copies(scratch);
}

/* A dictionary or none, as large as said. */
static void check_dictionary(const struct sound *sound, bool large)
{
	struct container container;
	struct chunk chunk;
	struct err err = {0};

	assert_int_equal(container_open(&container, buf_span(&sound->segment), SEGMENT_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, CHUNK_DICT, &chunk, &err), 0);
	assert_int_equal(chunk.length > 0, large);
	container_close(&container);
}

void sound_make(struct sound *sound, bool large)
{
	*sound = (struct sound){0};
	scratch_make(&sound->scratch);
	write_notes(&sound->scratch, large);
	scratch_build_with(&sound->scratch, "按季付\n租金成本\n对账单\n", "租金 房租\n成本 本钱\n");
	scratch_read(&sound->scratch, scratch_segment(&sound->scratch), &sound->segment);
	scratch_read(&sound->scratch, "index/MANIFEST", &sound->manifest);
	check_dictionary(sound, large);
	sound_restore(sound);
}

void sound_release(struct sound *sound)
{
	scratch_release(&sound->scratch);
	buf_release(&sound->segment);
	buf_release(&sound->manifest);
	buf_release(&patched.segment);
	buf_release(&patched.manifest);
}

void sound_restore(const struct sound *sound)
{
	buf_reset(&patched.segment);
	buf_reset(&patched.manifest);
	buf_add_span(&patched.segment, buf_span(&sound->segment));
	buf_add_span(&patched.manifest, buf_span(&sound->manifest));
}

/* Where the manifest names the sound segment's id. */
static size_t find_id(const struct sound *sound)
{
	const char *id = sound->segment.data + image_tail(&sound->segment) + 32;

	for (size_t i = 0; i + sizeof(struct checksum_128) <= sound->manifest.n; i++)
		if (memcmp(sound->manifest.data + i, id, sizeof(struct checksum_128)) == 0)
			return i;
	fail_msg("the id is not in the manifest");
	return 0;
}

void sound_seal(const struct sound *sound)
{
	image_seal(&patched.segment);
	memcpy(patched.manifest.data + find_id(sound), patched.segment.data + image_tail(&patched.segment) + 32,
	       sizeof(struct checksum_128));
	image_seal(&patched.manifest);
}
