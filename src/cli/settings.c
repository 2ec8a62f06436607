#include "settings.h"

#include "options.h"
#include "program.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A page of answers; a snippet of two or three lines on a terminal. */
enum { DEFAULT_LIMIT = 10, DEFAULT_SNIPPET = 120 };

/* Other places of a hit on a terminal: they must fit one line. */
enum { COPIES_SHOWN = 8 };

/* 1 MiB: a longer query is a mistake. */
enum { QUERY_BYTES_MAX = 1 << 20 };

enum {
	KEY_JSON = OPTION_LONG,
	KEY_JSONL,
	KEY_VIMGREP,
	KEY_FULL,
	KEY_BATCH,
	KEY_NO_FOLD,
	KEY_NO_SYNONYMS,
	KEY_PINYIN,
	KEY_COLOR,
	KEY_EXPLAIN,
	KEY_WHY
};

static const struct option_spec specs[] = {
	{'I', "index", "DIR", "search this index (repeatable: several as one)"},
	{'n', "limit", "N", "at most N hits; 0: all (default 10; -l, -c: all)"},
	{'p', "path", "GLOB", "only files that match"},
	{'t', "title", NULL, "search headings and file names only"},
	{'a', "all", NULL, "require every word"},
	{'o', "any", NULL, "any word will do"},
	{'F', "literal", NULL, "the query is one exact substring"},
	{KEY_PINYIN, "pinyin", NULL,
	 "the query is pinyin or initials of a heading or a file name: syms finds 商业模式"},
	{KEY_NO_FOLD, "no-fold", NULL, "like -F, byte for byte: Traditional and Simplified, width and case differ"},
	{KEY_NO_SYNONYMS, "no-synonyms", NULL,
	 "do not look for words that mean the same elsewhere: 软件 finds no 軟體"},
	{'l', "files", NULL, "print only the paths of files with hits"},
	{'c', "count", NULL, "print only the number of sections that match"},
	{'q', "quiet", NULL, "print nothing; the exit status tells"},
	{'0', "null", NULL, "end records with NUL, and put NUL after paths"},
	{KEY_VIMGREP, "vimgrep", NULL, "print PATH:LINE:COLUMN:TEXT"},
	{KEY_FULL, "full", NULL, "print whole sections"},
	{KEY_JSON, "json", NULL, "print one JSON object"},
	{KEY_JSONL, "jsonl", NULL, "print one JSON object a hit, one a line"},
	{KEY_BATCH, "batch", NULL, "read queries from standard input, one a line; print one JSON object for each"},
	{'C', "snippet", "N", "characters of text shown; 0: none (default 120)"},
	{KEY_COLOR, "color", "auto|always|never", "when to use colours (auto: on a terminal; NO_COLOR is obeyed)"},
	{KEY_EXPLAIN, "explain", NULL, "tell how the query was understood, and each score in parts"},
	{KEY_WHY, "why", "FILE[:LINE]", "tell why this file, or the section at this line, is a hit or is none"},
	{'h', "help", NULL, "show this help"},
	{'V', "version", NULL, "show the version"},
	{0, NULL, NULL, NULL},
};

/* What parsing knows beside the settings. */
struct parser {
	struct settings *settings;
	struct options *options;
	bool form_given;
	const char *form_name;
	bool limit_given;
	bool stdin_query; /* the one operand is `-` */
	unsigned operands;
	enum when color;
	struct err *err;
};

static int help(void)
{
	struct buf text = {0};
	int status;

	buf_add_text(&text, "Usage: kbsearch [OPTION]... QUERY...\n"
			    "Search an index made by kbindex; print the sections that match, best first.\n"
			    "QUERY: words; \"a phrase\"; -word leaves out sections with it; a OR b; (a group);\n"
			    "begin*; title:word; path:glob; tag:value; - reads the query from standard input.\n\n");
	options_help(&text, specs);
	buf_add_text(&text, "\nExit status: 0 at least one hit; 1 none; 2 trouble.\n");
	status = program_write(PROGRAM_NAME, buf_span(&text));
	buf_release(&text);
	return status < 0 ? STATUS_TROUBLE : STATUS_DONE;
}

static int set_form(struct parser *p, enum render_form form, const char *name)
{
	if (p->form_given && p->settings->form != form)
		return err_set(p->err, ERR_USAGE, "%s and %s cannot be combined", p->form_name, name);
	p->form_given = true;
	p->form_name = name;
	p->settings->form = form;
	return 0;
}

static int set_match(struct parser *p, enum search_match match)
{
	if (p->settings->request.match != SEARCH_DEFAULT && p->settings->request.match != match)
		return err_set(p->err, ERR_USAGE, "--all and --any cannot be combined");
	p->settings->request.match = match;
	return 0;
}

static int add_query(struct parser *p, const char *text)
{
	struct settings *s = p->settings;

	p->stdin_query = p->operands == 0 && strcmp(text, "-") == 0 && !options_ended(p->options);
	if (p->operands++)
		buf_add_byte(&s->query, ' ');
	buf_add_text(&s->query, text);
	return 0;
}

static int take_form(struct parser *p, int key)
{
	switch (key) {
	case 'l': return set_form(p, RENDER_FILES, "--files");
	case 'c': return set_form(p, RENDER_COUNT, "--count");
	case KEY_VIMGREP: return set_form(p, RENDER_VIMGREP, "--vimgrep");
	case KEY_JSON: return set_form(p, RENDER_JSON, "--json");
	case KEY_JSONL: return set_form(p, RENDER_JSONL, "--jsonl");
	case KEY_BATCH: p->settings->batch = true; return set_form(p, RENDER_JSON, "--batch");
	default: return -1;
	}
}

static int take_value(struct parser *p, int key, const char *value)
{
	struct settings *s = p->settings;
	uint64_t number;

	switch (key) {
	case OPTION_OPERAND: return add_query(p, value);
	case 'I': buf_add(&s->indexes, &value, sizeof value); return 0;
	case 'p': s->request.path_glob = value; return 0;
	case KEY_WHY: s->why = value; return 0;
	case 'n':
		p->limit_given = true;
		return options_number(p->options, value, 0, UINT32_MAX, &s->request.limit, p->err);
	case 'C':
		if (options_number(p->options, value, 0, 1000000, &number, p->err) < 0)
			return -1;
		s->render.snippet = (size_t)number;
		return 0;
	case KEY_COLOR: return options_when(p->options, value, &p->color, p->err);
	default: return take_form(p, key);
	}
}

static int take(struct parser *p, int key, const char *value)
{
	struct settings *s = p->settings;

	switch (key) {
	case 't': s->request.titles = true; return 0;
	case 'a': return set_match(p, SEARCH_ALL);
	case 'o': return set_match(p, SEARCH_ANY);
	case 'F': s->request.literal = true; return 0;
	case KEY_NO_FOLD: s->request.literal = s->request.exact = true; return 0;
	case 'q': s->quiet = true; return 0;
	case '0': s->render.nul = true; return 0;
	case KEY_FULL: s->render.full = true; return 0;
	case KEY_EXPLAIN: s->request.explain = true; return 0;
	case KEY_PINYIN: s->request.pinyin = true; return 0;
	case KEY_NO_SYNONYMS: s->request.no_synonyms = true; return 0;
	default: return take_value(p, key, value);
	}
}

/* The query that `-` stands for: all of stdin, its last newline taken off. */
static int read_query(struct parser *p)
{
	struct buf *query = &p->settings->query;

	p->settings->stdin_query = p->stdin_query && !p->settings->request.literal;
	if (!p->settings->stdin_query)
		return 0;
	buf_reset(query);
	if (io_read_all(&io_posix, STDIN_FILENO, "standard input", QUERY_BYTES_MAX, query, p->err) < 0)
		return -1;
	if (query->n && query->data[query->n - 1] == '\n')
		query->n--;
	return 0;
}

static bool use_color(enum when when, bool terminal)
{
	const char *none = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return terminal && !(none && *none) && !(term && strcmp(term, "dumb") == 0);
}

static unsigned terminal_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void settle(struct parser *p)
{
	struct settings *s = p->settings;
	bool terminal = isatty(STDOUT_FILENO);

	if (s->why && !p->form_given)
		s->form = RENDER_WHY;
	else if (s->request.explain && !p->form_given)
		s->form = RENDER_BLOCKS;
	else if (!p->form_given)
		s->form = terminal && !s->render.nul ? RENDER_BLOCKS : RENDER_LINES;
	s->render.color = use_color(p->color, terminal);
	s->render.escape = terminal;
	s->render.columns = terminal ? terminal_columns() : 0;
	s->request.files = s->form == RENDER_FILES;
	s->request.batch = s->batch;
	s->request.copies = s->form == RENDER_BLOCKS                            ? COPIES_SHOWN
			    : s->form == RENDER_JSON || s->form == RENDER_JSONL ? UINT32_MAX
										: 0;
	s->request.suggest = !s->quiet && (s->form == RENDER_JSON || isatty(STDERR_FILENO));
	s->request.without_text = s->quiet || !render_needs_text(s->form, &s->render);
	/* Scripts that count and list mean what they say: only whole matches. */
	if (!s->why && (s->quiet || s->form == RENDER_FILES || s->form == RENDER_COUNT) &&
	    s->request.match == SEARCH_DEFAULT)
		s->request.match = SEARCH_ALL;
	s->request.exact_total = s->form == RENDER_COUNT;
	if (p->limit_given)
		s->count_limit = s->request.limit;
	if ((s->quiet && !s->why) || s->form == RENDER_COUNT) {
		s->request.without_hits = !s->batch;
		s->request.limit = 1; /* the total does not depend on it */
	} else if (s->form == RENDER_FILES && !p->limit_given) {
		s->request.limit = 0;
	}
	s->directory = getcwd(NULL, 0);
	s->request.directory = s->directory;
	s->request.query = buf_span(&s->query);
}

static int check(struct parser *p)
{
	struct settings *s = p->settings;

	if (s->request.path_glob && !*s->request.path_glob)
		return err_set(p->err, ERR_USAGE, "--path=: name a file or a directory");
	if (s->request.literal && s->request.match == SEARCH_ANY && !s->request.pinyin)
		return err_set(p->err, ERR_USAGE, "%s and --any cannot be combined",
			       s->request.exact ? "--no-fold" : "--literal");
	if (s->request.pinyin && (s->request.literal || s->request.match == SEARCH_ANY))
		return err_set(p->err, ERR_USAGE, "--pinyin and %s cannot be combined",
			       s->request.literal ? "--literal" : "--any");
	if (s->why && p->form_given && (s->batch || s->form != RENDER_JSON))
		return err_set(p->err, ERR_USAGE, "%s and --why cannot be combined", p->form_name);
	if (s->request.explain && (s->why || (p->form_given && s->form != RENDER_JSON && s->form != RENDER_JSONL)))
		return err_set(p->err, ERR_USAGE, "%s and --explain cannot be combined",
			       s->why ? "--why" : p->form_name);
	if (s->why && !*s->why)
		return err_set(p->err, ERR_USAGE, "--why=: name a file");
	if (s->batch)
		return s->query.n || p->stdin_query
			       ? err_set(p->err, ERR_USAGE, "--batch takes no query but those on standard input")
			       : 0;
	if (p->operands == 0)
		return err_set(p->err, ERR_USAGE, "no query; see --help");
	if (span_trim(buf_span(&s->query), s->request.literal ? "" : " \t\r\n").n == 0)
		return err_set(p->err, ERR_USAGE, "the query is empty");
	if (memchr(s->query.data, '\n', s->query.n) && s->request.literal)
		return err_set(p->err, ERR_USAGE, "a literal query is one line");
	return s->query.failed || s->indexes.failed ? err_memory(p->err, "start") : 0;
}

int settings_parse(struct settings *settings, int argc, char **argv, struct err *err)
{
	struct parser p = {.settings = settings, .color = WHEN_AUTO, .err = err};
	const char *value;
	int key = OPTION_ERROR;

	*settings = (struct settings){.request.limit = DEFAULT_LIMIT, .render.snippet = DEFAULT_SNIPPET};
	p.options = options_new(specs, argc, argv, err);
	while (p.options && (key = options_next(p.options, &value, err)) > OPTION_END) {
		if (key == 'h' || key == 'V') {
			settings->early_status = key == 'h' ? help() : program_version(PROGRAM_NAME);
			break;
		}
		if (take(&p, key, value) < 0) {
			key = OPTION_ERROR;
			break;
		}
	}
	options_free(p.options);
	if (key > OPTION_END)
		return SETTINGS_EARLY;
	if (key == OPTION_ERROR || read_query(&p) < 0 || check(&p) < 0)
		return -1;
	settle(&p);
	return SETTINGS_RUN;
}

void settings_release(struct settings *settings)
{
	buf_release(&settings->indexes);
	buf_release(&settings->query);
	free(settings->directory);
}
