#include "words_file.h"

#include "arena.h"
#include "encoding.h"
#include "fold.h"
#include "utf8.h"

#include <fcntl.h>

/* 64 bytes a word: what USER_WORDS_LIMIT words and their columns take. */
enum { FILE_LIMIT = USER_WORDS_LIMIT * 64 };

/* A file that is no list of words has many faults: some lines tell what is wrong as well as all. */
enum { NOTES_MAX = 10 };

struct reading {
	const char *path;
	struct words_file_notes notes;
	unsigned faults;
	struct analyzer *analyzer; /* of words: */
	struct arena arena;        /* the words */
	struct buf words;          /* array of struct span */
	struct buf tokens;
	struct buf folded;
	struct err *err;
};

static void tell(struct reading *r, struct buf *text)
{
	if (r->notes.note)
		r->notes.note(r->notes.context, false, buf_string(text));
	buf_release(text);
}

static void refuse(void *context, unsigned line, const char *why, struct span word)
{
	struct reading *r = context;
	struct buf text = {0};

	if (r->faults++ >= NOTES_MAX)
		return;
	buf_printf(&text, "%s:%u: %.*s%s%s", r->path, line, (int)word.n, word.p, word.n ? ": " : "", why);
	tell(r, &text);
}

static void tell_rest(struct reading *r)
{
	struct buf text = {0};

	if (r->faults <= NOTES_MAX)
		return;
	buf_printf(&text, "%s: %u more lines cannot be taken", r->path, r->faults - NOTES_MAX);
	tell(r, &text);
}

/* The end of the last word, parts of it left aside. */
static size_t words_end(const struct buf *tokens)
{
	size_t end = 0;

	for (size_t i = 0; i < BUF_COUNT(tokens, struct token); i++)
		if (BUF_AT(tokens, struct token, i).kind == TOKEN_WORD)
			end = BUF_AT(tokens, struct token, i).end;
	return end;
}

/* Words are joined from where one begins to where one ends: can this one be? NULL, or why not. */
static const char *fault_of(const struct reading *r, struct span word)
{
	const struct token *first = &BUF_AT(&r->tokens, struct token, 0);

	if (r->tokens.n == 0)
		return "no word: nothing but signs";
	if (first->start != 0 || words_end(&r->tokens) != word.n)
		return "no word: it begins or ends with a sign";
	return r->folded.n > USER_WORD_MAX ? "too long a word: more than 255 bytes" : NULL;
}

static int add_word(struct reading *r, struct span typed, unsigned line)
{
	struct span word = arena_copy(&r->arena, typed);
	const char *fault;

	if (!word.p)
		return err_memory(r->err, "read a dictionary");
	buf_reset(&r->tokens);
	buf_reset(&r->folded);
	fold_text(word, &r->folded, NULL);
	if (analyzer_cut(r->analyzer, word, &r->tokens, r->err) < 0)
		return -1;
	fault = fault_of(r, word);
	if (fault) {
		refuse(r, line, fault, (struct span){"", 0});
		return 0;
	}
	word = arena_copy(&r->arena, buf_span(&r->folded));
	buf_add(&r->words, &word, sizeof word);
	if (r->folded.failed || r->words.failed || r->arena.failed)
		return err_memory(r->err, "read a dictionary");
	if (BUF_COUNT(&r->words, struct span) > USER_WORDS_LIMIT)
		return err_set(r->err, ERR_LIMIT, "%s: more than %d words", r->path, USER_WORDS_LIMIT);
	return 0;
}

/* The first column. */
static struct span first_of(struct span line)
{
	size_t n = 0;

	line = span_trim(line, " \t\r");
	while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
		n++;
	return (struct span){line.p, n};
}

static int read_lines(struct reading *r, struct span text)
{
	int status = 0;

	for (unsigned line = 1; text.n && status == 0; line++) {
		struct span word = first_of(span_take_line(&text));

		if (word.n && word.p[0] != '#')
			status = add_word(r, word, line);
	}
	return status;
}

static int read_file(struct buf *text, const struct io *io, const char *path, struct err *err)
{
	int fd = io->openat(AT_FDCWD, path, O_RDONLY | O_NOCTTY, 0);
	int status;

	if (fd < 0)
		return err_system(err, path, "open");
	status = io_read_all(io, fd, path, FILE_LIMIT, text, err);
	io->close(fd);
	return status;
}

/* Which the file may be in; most lists that are not UTF-8 are in GB18030. */
static const char *other_encoding(struct span file)
{
	enum encoding encoding = encoding_of(file, file.n);

	return encoding_name(encoding == ENCODING_UTF8 ? ENCODING_GB18030 : encoding);
}

/* Its text, without a mark. One line that is no UTF-8 text refuses the file: it was written in another encoding, in which
 * other lines may be UTF-8 by chance. */
static int read_text(struct span *text, struct buf *file, const struct io *io, const char *path, struct err *err)
{
	static const char mark[] = "\uFEFF";
	unsigned line = 1;

	if (read_file(file, io, path, err) < 0)
		return -1;
	*text = buf_span(file);
	if (span_starts(*text, span_of(mark)))
		*text = (struct span){text->p + strlen(mark), text->n - strlen(mark)};
	if (utf8_is_text(*text))
		return 0;
	for (struct span rest = *text; rest.n && utf8_is_text(span_take_line(&rest)); line++)
		;
	return err_set(err, ERR_ENCODING,
		       "%s:%u: not UTF-8 text; convert the file first, for example: iconv -f %s -t UTF-8", path, line,
		       other_encoding(*text));
}

/* With nothing to take, what the index has stays. */
static int check_used(const struct reading *r, bool used, const char *wanted, struct err *err)
{
	if (used || r->faults == 0)
		return 0;
	return err_set(err, ERR_ENCODING, "%s: no line of it can be taken: %s", r->path, wanted);
}

int words_file_read(struct buf *list, const struct io *io, const char *path, struct words_file_notes notes,
		    struct err *err)
{
	struct reading r = {.path = path, .notes = notes, .analyzer = analyzer_new(err), .err = err};
	struct buf file = {0};
	struct span text;
	int status = r.analyzer ? read_text(&text, &file, io, path, err) : -1;

	if (status == 0)
		status = read_lines(&r, text);
	tell_rest(&r);
	if (status == 0)
		status = check_used(&r, r.words.n > 0, "give a word a line", err);
	if (status == 0)
		user_words_encode(list, &BUF_AT(&r.words, struct span, 0), BUF_COUNT(&r.words, struct span));
	if (status == 0 && list->failed)
		status = err_memory(err, "read a dictionary");
	analyzer_free(r.analyzer);
	buf_release(&r.words);
	buf_release(&r.tokens);
	buf_release(&r.folded);
	buf_release(&file);
	arena_release(&r.arena);
	return status;
}

int synonyms_file_read(struct buf *table, const struct io *io, const char *path, struct words_file_notes notes,
		       struct err *err)
{
	struct reading r = {.path = path, .notes = notes};
	struct buf file = {0};
	struct span text;
	int status = read_text(&text, &file, io, path, err);

	if (status == 0)
		status = synonyms_encode(table, text, refuse, &r, err);
	tell_rest(&r);
	if (status == 0)
		status = check_used(&r, table->n > 0, "give words that mean the same, a group a line", err);
	buf_release(&file);
	return status;
}
