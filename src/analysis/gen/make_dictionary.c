/* make_dictionary - writes the tables behind dictionary.h from the installed ICU.
 *
 * Shape:  make_dictionary BLOB SOURCE: BLOB holds the tables, one behind the other; SOURCE gives each its symbol, taking
 *         the bytes in with .incbin, as a C array of megabytes would compile for minutes. Without arguments it only tells
 *         whether this ICU has the form that is read here, which is how the build chooses.
 * Errors: a line on stderr and exit 1. Everything that is relied on is checked: another ICU may differ in anything.
 * Cost:   some 1.5 s.
 */
#include "dictionary.h"
#include "double_array.h"
#include "tool.h"
#include "word_rules.h"
#include "word_trie.h"

#include <stdio.h>
#include <string.h>

#if U_IS_BIG_ENDIAN
#error "the tables are written as little-endian bytes: build with -Dsegmenter=icu"
#endif

const char tool_name[] = "make_dictionary";

enum {
	BLOCK_SIZE = 1 << DICTIONARY_BLOCK_BITS,
	BLOCKS_MAX = 256, /* distinct ones: their number is a byte */
	KINDS_MAX = 256,
};

/* Two stages: equal blocks are stored once. */

struct stages {
	uint8_t blocks[DICTIONARY_BLOCKS];
	uint16_t entries[BLOCKS_MAX * BLOCK_SIZE];
	unsigned count; /* of blocks */
};

static void add_block(struct stages *s, unsigned block, const uint16_t entries[BLOCK_SIZE])
{
	size_t size = BLOCK_SIZE * sizeof *entries;
	unsigned i = 0;

	while (i < s->count && memcmp(s->entries + (size_t)i * BLOCK_SIZE, entries, size) != 0)
		i++;
	if (i == BLOCKS_MAX)
		die("more than %d different blocks of characters", BLOCKS_MAX);
	if (i == s->count)
		memcpy(s->entries + (size_t)s->count++ * BLOCK_SIZE, entries, size);
	s->blocks[block] = (uint8_t)i;
}

static uint16_t plain_entry(const struct characters *c, const struct numbers *numbers, uint32_t code)
{
	unsigned id = code < 0x10000 ? numbers->of[code] : 0;

	if (!c->plain[code])
		return 0;
	return (uint16_t)((id ? id : DICTIONARY_UNKNOWN) | (unsigned)c->plain_category[code] << DICTIONARY_ID_BITS);
}

struct kinds {
	struct dictionary_kind of[KINDS_MAX];
	unsigned count;
};

static uint16_t kind_entry(struct kinds *kinds, struct dictionary_kind kind)
{
	unsigned i = 0;

	while (i < kinds->count && memcmp(&kinds->of[i], &kind, sizeof kind) != 0)
		i++;
	if (i == KINDS_MAX)
		die("too many kinds of characters");
	if (i == kinds->count)
		kinds->of[kinds->count++] = kind;
	return (uint16_t)i;
}

/* The files. */

struct output {
	FILE *blob;
	FILE *source;
	const char *blob_name;
	const char *source_name;
	size_t at;
	uint64_t hash;
};

/* FNV-1a, 64 bits. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3u;
	return hash;
}

static void put(struct output *o, const char *symbol, const void *bytes, size_t n)
{
	enum { ALIGNMENT = 64 };

	while (o->at % ALIGNMENT) {
		putc(0, o->blob);
		o->at++;
	}
	fwrite(bytes, 1, n, o->blob);
	o->hash = hash_bytes(o->hash, bytes, n);
	fprintf(o->source, "TABLE(\"%s\", \"%zu\", \"%zu\")\n", symbol, o->at, n);
	o->at += n;
}

static void put_stages(struct output *o, const char *blocks, const char *entries, const struct stages *s, bool narrow)
{
	size_t n = (size_t)s->count * BLOCK_SIZE;
	uint8_t bytes[BLOCKS_MAX * BLOCK_SIZE];

	put(o, blocks, s->blocks, sizeof s->blocks);
	if (!narrow) {
		put(o, entries, s->entries, n * sizeof *s->entries);
		return;
	}
	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)s->entries[i];
	put(o, entries, bytes, n);
}

static void put_characters(struct output *o, const struct characters *c, const struct numbers *numbers)
{
	static struct stages plain;
	static struct stages all;
	struct kinds kinds = {.count = 0};

	for (unsigned block = 0; block < DICTIONARY_BLOCKS; block++) {
		uint16_t plains[BLOCK_SIZE];
		uint16_t entries[BLOCK_SIZE];

		for (unsigned i = 0; i < BLOCK_SIZE; i++) {
			uint32_t code = block * BLOCK_SIZE + i;

			plains[i] = plain_entry(c, numbers, code);
			entries[i] = kind_entry(&kinds, c->of[code]);
		}
		add_block(&plain, block, plains);
		add_block(&all, block, entries);
	}
	put_stages(o, "dictionary_plain_blocks", "dictionary_plains", &plain, false);
	put_stages(o, "dictionary_kind_blocks", "dictionary_kind_entries", &all, true);
	put(o, "dictionary_kinds", kinds.of, kinds.count * sizeof *kinds.of);
}

static void output_open(struct output *o, const char *blob, const char *source)
{
	*o = (struct output){create(blob), create(source), blob, source, 0, 0xCBF29CE484222325u};
	fprintf(o->source,
		"/* Made by make_dictionary from ICU %s. */\n"
		"#include \"dictionary.h\"\n\n"
		"#define TABLE(symbol, at, size) \\\n"
		"\t__asm__(\".section .rodata,\\\"a\\\",%%progbits\\n.balign 64\\n\" \\\n"
		"\t\t\".globl \" symbol \"\\n.hidden \" symbol \"\\n.type \" symbol \",%%object\\n\" \\\n"
		"\t\t\".size \" symbol \",\" size \"\\n\" symbol \":\\n\" \\\n"
		"\t\t\".incbin \\\"%s\\\",\" at \",\" size \"\\n.previous\\n\");\n\n",
		U_ICU_VERSION, blob);
}

static void output_close(struct output *o)
{
	fprintf(o->source, "\nconst uint64_t dictionary_hash = 0x%llXu;\n", (unsigned long long)o->hash);
	finish(o->blob, o->blob_name);
	finish(o->source, o->source_name);
}

int main(int argc, char **argv)
{
	static struct rules rules;
	static struct characters characters;
	static struct numbers numbers;
	static struct trie trie;
	static struct slots slots;
	struct output out;
	uint8_t states[DICTIONARY_PLAIN_CATEGORIES] = {0};

	if (argc != 1 && argc != 3)
		die("usage: make_dictionary [BLOB SOURCE]");
	check_engine();
	read_rules(&rules);
	read_characters(&characters, &rules);
	check_plain(&characters, &rules, states);
	rules_release(&rules);
	read_dictionary(&trie, characters.plain);
	if (argc == 1)
		return 0;
	prune(&trie, 1);
	number_characters(&numbers, &trie);
	place_all(&slots, &trie, &numbers);
	output_open(&out, argv[1], argv[2]);
	put(&out, "dictionary_first", slots.first, numbers.count * sizeof *slots.first);
	put(&out, "dictionary_states", rules.rows, rules.states * sizeof *rules.rows);
	put(&out, "dictionary_plain_states", states, sizeof states);
	put_characters(&out, &characters, &numbers);
	put(&out, "dictionary_labels", slots.labels, (slots.last_base + numbers.count) * sizeof *slots.labels);
	put(&out, "dictionary_nodes", slots.nodes, (slots.last_base + numbers.count) * sizeof *slots.nodes);
	output_close(&out);
	return 0;
}