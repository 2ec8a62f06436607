/* Which word boundaries folding moves: the words of the analyzer, which folds first, beside those of the segmenter in the text
 * as it is. In Simplified text there should be as good as none; in Traditional text those that differ are what folding is
 * for. The arguments are files; the test gives those of corpus/, where as good as none may move. Any other will do:
 *
 *     find ~/notes -name '*.md' -exec build/tests/unit/analysis/test_moved {} +
 */
#include "analyzer.h"
#include "io.h"
#include "segmenter.h"
#include "unicode.h"
#include "utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	FILE_MAX = 64 << 20,
	SHOWN_MAX = 20,
	SHOWN_BYTES = 15,
	/* The corpus lists words of Taiwan, where 4 of 22,077 move; folding 著 甚 覆 without regard for their words moves 19. */
	MOVED_ONE_IN = 2000,
};

struct text {
	struct buf bytes;
	struct buf folded; /* uint32_t: offsets in the source of the ends of words, cut as folded */
	struct buf plain;  /* and as it is */
};

static size_t boundaries;
static size_t moved;

static void die(const char *what, const char *why)
{
	fprintf(stderr, "test_moved: %s: %s\n", what, why);
	exit(2);
}

static void cut_folded(struct text *t, struct analyzer *analyzer)
{
	struct buf tokens = {0};
	struct err err = {0};

	if (analyzer_cut(analyzer, buf_span(&t->bytes), &tokens, &err) < 0)
		die("cannot cut", err.text);
	for (size_t i = 0; i < BUF_COUNT(&tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&tokens, struct token, i);

		if (token->han && !token->joined)
			buf_add(&t->folded, &token->end, sizeof token->end);
	}
	buf_release(&tokens);
}

static bool in_run(uint32_t code, bool open)
{
	enum char_class class = unicode_class(code);

	return class == CLASS_HAN || class == CLASS_SCRIPT || (open && class == CLASS_MARK);
}

static void cut_run(struct text *t, struct segmenter *segmenter, size_t start, size_t end)
{
	size_t first = BUF_COUNT(&t->plain, uint32_t);
	struct err err = {0};

	if (segmenter_cut(segmenter, (struct span){t->bytes.data + start, end - start}, &t->plain, &err) < 0)
		die("cannot cut", err.text);
	for (size_t i = first; i < BUF_COUNT(&t->plain, uint32_t); i++)
		BUF_AT(&t->plain, uint32_t, i) += (uint32_t)start;
}

static void cut_plain(struct text *t, struct segmenter *segmenter)
{
	struct span text = buf_span(&t->bytes);
	size_t start = 0;
	bool open = false;

	for (size_t at = 0; at < text.n;) {
		uint32_t code;
		bool valid;
		size_t used = utf8_next(text.p + at, text.n - at, &code, &valid);
		bool inside = in_run(code, open);

		if (open && !inside)
			cut_run(t, segmenter, start, at);
		if (!open)
			start = at;
		open = inside;
		at += used;
	}
	if (open)
		cut_run(t, segmenter, start, text.n);
}

static void show(const struct text *t, const char *path, size_t at)
{
	struct span text = buf_span(&t->bytes);
	size_t start = utf8_floor(text, at > SHOWN_BYTES ? at - SHOWN_BYTES : 0);
	size_t end = utf8_floor(text, at + SHOWN_BYTES < text.n ? at + SHOWN_BYTES : text.n);

	printf("# %s, byte %zu: %.*s|%.*s\n", path, at, (int)(at - start), text.p + start, (int)(end - at),
	       text.p + at);
}

static void compare(const struct text *t, const char *path)
{
	size_t n = BUF_COUNT(&t->folded, uint32_t);
	size_t m = BUF_COUNT(&t->plain, uint32_t);

	boundaries += m;
	for (size_t i = 0, k = 0; i < n || k < m;) {
		uint32_t folded = i < n ? BUF_AT(&t->folded, uint32_t, i) : UINT32_MAX;
		uint32_t plain = k < m ? BUF_AT(&t->plain, uint32_t, k) : UINT32_MAX;

		i += folded <= plain;
		k += plain <= folded;
		if (folded != plain && moved++ < SHOWN_MAX)
			show(t, path, folded < plain ? folded : plain);
	}
}

static void look_at(const char *path, struct analyzer *analyzer, struct segmenter *segmenter)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct text t = {0};
	struct err err = {0};

	if (file < 0 || io_read_all(&io_posix, file, path, FILE_MAX, &t.bytes, &err) < 0)
		die(path, "cannot read");
	close(file);
	cut_folded(&t, analyzer);
	cut_plain(&t, segmenter);
	compare(&t, path);
	buf_release(&t.plain);
	buf_release(&t.folded);
	buf_release(&t.bytes);
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	struct segmenter *segmenter = segmenter_new(&err);

	if (argc < 2 || !analyzer || !segmenter)
		die("usage", "test_moved FILE...");
	for (int i = 1; i < argc; i++)
		look_at(argv[i], analyzer, segmenter);
	printf("# %zu boundaries, %zu moved\n", boundaries, moved);
	segmenter_free(segmenter);
	analyzer_free(analyzer);
	return boundaries == 0 || moved > boundaries / MOVED_ONE_IN;
}
