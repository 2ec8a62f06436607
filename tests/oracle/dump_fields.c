/* dump_fields - what the oracle takes from the program: sections, words, the facts of characters, and the numbers that
 * were found by measuring. JSON on stdout.
 *
 *   dump_fields sections ROOT   for each path on stdin (below ROOT, one a line) one object: the name and title of the
 *                               document and its sections with their pieces, all as words
 *   dump_fields words           for each line of stdin one object: its words, and which of them are function words
 *   dump_fields characters      one object: each character of stdin with its folded form and class
 *   dump_fields constants       one object: the constants of bm25.h, and the weight of each channel
 *
 * A word is an array: its text, then the parts of a compound.
 */
#include "analyzer.h"
#include "bm25.h"
#include "document.h"
#include "fold.h"
#include "function_word.h"
#include "json.h"
#include "matcher.h"
#include "path.h"
#include "source.h"
#include "unicode.h"
#include "utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { INPUT_LIMIT = 64 << 20 };

struct dump {
	struct analyzer *analyzer;
	struct buf tokens;
	struct buf out;
	struct json json;
	struct err err;
};

static const char *const field_names[FIELD_COUNT] = {"body", "code", "heading", "question", "lead", "ancestor", "name"};

static const char *const class_names[] = {
	[CLASS_SYMBOL] = "symbol", [CLASS_SPACE] = "space", [CLASS_DIGIT] = "digit",   [CLASS_LETTER] = "letter",
	[CLASS_MARK] = "mark",     [CLASS_HAN] = "han",     [CLASS_SCRIPT] = "script",
};

static int cut(struct dump *d, struct span text)
{
	buf_reset(&d->tokens);
	return analyzer_cut(d->analyzer, text, &d->tokens, &d->err);
}

static int put_words(struct dump *d, const char *name, struct span text)
{
	size_t count;

	if (cut(d, text) < 0)
		return -1;
	count = BUF_COUNT(&d->tokens, struct token);
	json_member_array(&d->json, name);
	for (size_t i = 0; i < count; i++) {
		const struct token *token = &BUF_AT(&d->tokens, struct token, i);

		if (token->kind == TOKEN_WORD)
			json_open_array(&d->json);
		json_text(&d->json, token->text);
		if (i + 1 == count || token[1].kind == TOKEN_WORD)
			json_close_array(&d->json);
	}
	json_close_array(&d->json);
	return 0;
}

static int put_section(struct dump *d, const struct section *section)
{
	json_open_object(&d->json);
	json_member_text(&d->json, "heading", section->heading);
	json_member_text(&d->json, "question", section->question);
	json_member_integer(&d->json, "level", section->level);
	json_member_integer(&d->json, "flags", section->flags);
	json_member_array(&d->json, "parent"); /* empty without a heading above */
	if (section->parent != SECTION_NO_PARENT)
		json_integer(&d->json, section->parent);
	json_close_array(&d->json);
	json_member_integer(&d->json, "line_first", section->line_first);
	json_member_integer(&d->json, "line_start", section->line_start);
	json_member_integer(&d->json, "line_end", section->line_end);
	if (put_words(d, "heading_words", section->heading) < 0)
		return -1;
	json_member_array(&d->json, "pieces");
	for (const struct piece *piece = section->pieces; piece; piece = piece->next) {
		json_open_object(&d->json);
		if (put_words(d, field_names[piece->field], piece->text) < 0)
			return -1;
		json_close_object(&d->json);
	}
	json_close_array(&d->json);
	json_close_object(&d->json);
	return 0;
}

static int put_document(struct dump *d, const struct document *document)
{
	json_open_object(&d->json);
	if (put_words(d, "name", document->name) < 0 || put_words(d, "title", document->title) < 0)
		return -1;
	json_member_array(&d->json, "sections");
	for (size_t i = 0; i < document->section_count; i++)
		if (put_section(d, &document->sections[i]) < 0)
			return -1;
	json_close_array(&d->json);
	json_close_object(&d->json);
	return 0;
}

static int dump_document(struct dump *d, int root, const char *path)
{
	struct arena arena = {0};
	struct buf text = {0};
	struct source_info info;
	struct document document;
	int status = source_read(&io_posix, root, path, path, &text, &info, &d->err);

	if (status == 0)
		status = document_parse(&document, path_last(span_of(path)).p, buf_span(&text), &arena, &d->err);
	if (status == 0)
		status = put_document(d, &document);
	buf_release(&text);
	arena_release(&arena);
	return status;
}

/* Does another part of the compound reach at least as far on both sides, and farther on one? */
static bool is_inner(const struct token *parts, size_t count, size_t at)
{
	bool inner = false;

	for (size_t i = 0; i < count && parts[i].kind == TOKEN_PART; i++)
		inner |= parts[i].start <= parts[at].start && parts[i].end >= parts[at].end &&
			 parts[i].end - parts[i].start > parts[at].end - parts[at].start;
	return inner;
}

/* Of each word the numbers of the parts that are of others. */
static void put_inner(struct dump *d)
{
	const struct token *tokens = &BUF_AT(&d->tokens, struct token, 0);
	size_t count = BUF_COUNT(&d->tokens, struct token);

	json_member_array(&d->json, "inner");
	for (size_t i = 0; i < count; i++) {
		const struct token *parts = tokens + i + 1;
		size_t left = count - i - 1;

		if (tokens[i].kind != TOKEN_WORD)
			continue;
		json_open_array(&d->json);
		for (size_t k = 0; k < left && parts[k].kind == TOKEN_PART; k++)
			if (is_inner(parts, left, k))
				json_integer(&d->json, k);
		json_close_array(&d->json);
	}
	json_close_array(&d->json);
}

static int dump_words(struct dump *d, const char *line)
{
	json_open_object(&d->json);
	if (put_words(d, "words", span_of(line)) < 0)
		return -1;
	json_member_array(&d->json, "weights");
	for (size_t i = 0; i < BUF_COUNT(&d->tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&d->tokens, struct token, i);
		double weight = token->han ? 1 : LATIN_WEIGHT;

		if (token->kind == TOKEN_WORD)
			json_real(&d->json, is_function_word(token->text) ? -weight : weight);
	}
	json_close_array(&d->json);
	put_inner(d);
	json_close_object(&d->json);
	return 0;
}

/* `root` is a directory for paths, or -1 for texts. */
static int dump_lines(struct dump *d, int root, struct buf *input)
{
	char *end;

	for (char *line = input->data; line < input->data + input->n; line = end + 1) {
		end = memchr(line, '\n', input->n - (size_t)(line - input->data));
		if (!end)
			return err_set(&d->err, ERR_USAGE, "the last line has no end");
		*end = '\0';
		d->json = (struct json){.out = &d->out};
		if ((root < 0 ? dump_words(d, line) : dump_document(d, root, line)) < 0)
			return -1;
		buf_add_byte(&d->out, '\n');
	}
	return 0;
}

static int dump_characters(struct dump *d, struct span text)
{
	struct buf folded = {0};

	json_open_array(&d->json);
	for (size_t i = 0, n; i < text.n; i += n) {
		uint32_t code;
		bool valid;

		n = utf8_next(text.p + i, text.n - i, &code, &valid);
		buf_reset(&folded);
		fold_text((struct span){text.p + i, n}, &folded, NULL);
		json_open_array(&d->json);
		json_text(&d->json, (struct span){text.p + i, n});
		json_text(&d->json, buf_span(&folded));
		json_text(&d->json, span_of(class_names[unicode_class(code)]));
		json_close_array(&d->json);
	}
	json_close_array(&d->json);
	buf_add_byte(&d->out, '\n');
	buf_release(&folded);
	return 0;
}

static int dump_constants(struct dump *d)
{
	static const double weights[CHANNEL_LENGTHS] = FIELD_WEIGHTS;

	json_open_object(&d->json);
	json_member_real(&d->json, "k1", BM25_K1);
	json_member_real(&d->json, "b", BM25_B);
	json_member_real(&d->json, "coverage", COVERAGE_WEIGHT);
	json_member_real(&d->json, "pair", PAIR_WEIGHT);
	json_member_real(&d->json, "character", CHARACTER_WEIGHT);
	json_member_real(&d->json, "function", FUNCTION_WEIGHT);
	json_member_real(&d->json, "heading", HEADING_BONUS);
	json_member_integer(&d->json, "rescored", RESCORED);
	json_member_integer(&d->json, "long", LONG_SECTION);
	json_member_integer(&d->json, "passage_pairs", PASSAGE_PAIRS);
	json_member_real(&d->json, "passage", PASSAGE_FREQUENCY);
	json_member_integer(&d->json, "most", PATTERN_FREQUENCY_MAX);
	json_member_integer(&d->json, "short", FEW_WORDS);
	json_member_object(&d->json, "weights");
	for (unsigned field = 0; field < FIELD_COUNT; field++)
		json_member_real(&d->json, field_names[field], weights[field]);
	json_member_real(&d->json, "characters", weights[CHANNEL_HAN]);
	json_close_object(&d->json);
	json_close_object(&d->json);
	buf_add_byte(&d->out, '\n');
	return 0;
}

static int dump_sections(struct dump *d, const char *root, struct buf *input)
{
	int fd = io_open_directory(&io_posix, AT_FDCWD, root, &d->err);
	int status = fd < 0 ? -1 : dump_lines(d, fd, input);

	if (fd >= 0)
		io_posix.close(fd);
	return status;
}

static int run(struct dump *d, int argc, char **argv, struct buf *input)
{
	const char *mode = argc > 1 ? argv[1] : "";

	if (io_read_all(&io_posix, STDIN_FILENO, "standard input", INPUT_LIMIT, input, &d->err) < 0)
		return -1;
	d->analyzer = analyzer_new(&d->err);
	if (!d->analyzer)
		return -1;
	if (strcmp(mode, "sections") == 0 && argc == 3)
		return dump_sections(d, argv[2], input);
	if (strcmp(mode, "words") == 0)
		return dump_lines(d, -1, input);
	if (strcmp(mode, "characters") == 0)
		return dump_characters(d, buf_span(input));
	if (strcmp(mode, "constants") == 0)
		return dump_constants(d);
	return err_set(&d->err, ERR_USAGE, "usage: dump_fields sections ROOT | words | characters | constants");
}

int main(int argc, char **argv)
{
	struct dump d = {0};
	struct buf input = {0};
	int status;

	d.json.out = &d.out;
	status = run(&d, argc, argv, &input);
	if (status == 0 && (d.out.failed || d.tokens.failed))
		status = err_memory(&d.err, "dump");
	if (status == 0)
		status = io_write_all(&io_posix, STDOUT_FILENO, "standard output", buf_span(&d.out), &d.err);
	if (status < 0)
		fprintf(stderr, "dump_fields: %s\n", d.err.text);
	analyzer_free(d.analyzer);
	buf_release(&d.tokens);
	buf_release(&d.out);
	buf_release(&input);
	return status < 0;
}
