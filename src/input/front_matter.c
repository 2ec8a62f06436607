#include "front_matter.h"

#include "character.h"

/* Cuts the next line off, without its '\n'. */
static struct span take_line(struct span *text)
{
	const char *newline = text->n ? memchr(text->p, '\n', text->n) : NULL;
	size_t n = newline ? (size_t)(newline - text->p) : text->n;
	struct span line = {text->p, n};

	text->p += n + (newline != NULL);
	text->n -= n + (newline != NULL);
	return line;
}

static struct span trim_end(struct span line)
{
	while (line.n && character_blank((struct span){line.p + line.n - 1, 1}))
		line.n--;
	return line;
}

static bool is_key_byte(char c)
{
	return (unsigned char)c >= 0x80 || character_is_word((unsigned char)c) || (c && strchr("_-.\"'", c));
}

/* The key at the start of a line, and what follows its colon (YAML) or equals sign (TOML); false when there is none. */
static bool split_key(struct span line, struct span *key, struct span *value)
{
	size_t n = 0;

	while (n < line.n && is_key_byte(line.p[n]))
		n++;
	*key = span_trim((struct span){line.p, n}, "\"'");
	while (n < line.n && line.p[n] == ' ')
		n++;
	if (key->n == 0 || line.p[0] == '-' || n == line.n)
		return false;
	*value = (struct span){line.p + n + 1, line.n - n - 1};
	return line.p[n] == '=' || (line.p[n] == ':' && (value->n == 0 || character_blank(*value)));
}

size_t front_matter_length(struct span text)
{
	struct span rest = text;
	struct span mark = text.n ? trim_end(take_line(&rest)) : text;
	bool toml = span_equal(mark, span_of("+++"));
	bool begun = false;

	if (!toml && !span_equal(mark, span_of("---")))
		return 0;
	while (rest.n) {
		struct span line = trim_end(take_line(&rest));
		struct span key;
		struct span value;

		if (span_equal(line, mark) || (!toml && span_equal(line, span_of("..."))))
			return (size_t)(rest.p - text.p);
		if (begun || line.n == 0 || line.p[0] == '#')
			continue;
		begun = split_key(line, &key, &value) || (toml && line.p[0] == '[');
		if (!begun)
			return 0;
	}
	return 0;
}

static const struct known_key {
	const char *name;
	bool list; /* commas separate values */
} known_keys[] = {
	{"summary", false}, {"description", false}, {"abstract", false}, {"subtitle", false}, {"tags", true},
	{"tag", true},      {"categories", true},   {"category", true},  {"keywords", true},  {"aliases", true},
};

static const struct known_key *find_key(struct span name)
{
	for (size_t i = 0; i < sizeof known_keys / sizeof *known_keys; i++)
		if (span_equal(name, span_of(known_keys[i].name)))
			return &known_keys[i];
	return NULL;
}

/* Without the dash of a list item, the mark of folded text, a comment and quotes. */
static struct span clean(struct span value)
{
	value = character_trim(value);
	if (span_starts(value, span_of("- ")))
		value = character_trim((struct span){value.p + 2, value.n - 2});
	if (span_trim(value, "|>+-").n == 0)
		return (struct span){NULL, 0};
	if (strchr("\"'", value.p[0]) && value.p[0]) {
		const char *end = memchr(value.p + 1, value.p[0], value.n - 1);

		return character_trim(
			(struct span){value.p + 1, (size_t)(end ? end - value.p : (ptrdiff_t)value.n) - 1});
	}
	for (size_t i = 1; i < value.n; i++)
		if (value.p[i] == '#' && value.p[i - 1] == ' ')
			value.n = i;
	return character_trim(value);
}

static void add_value(struct outline *outline, struct span value)
{
	value = clean(value);
	if (value.n)
		outline_add_value(outline, value);
}

static void add_list(struct outline *outline, struct span list)
{
	list = span_trim(list, " \t\r[]");
	while (list.n) {
		const char *comma = memchr(list.p, ',', list.n);
		size_t n = comma ? (size_t)(comma - list.p) : list.n;

		add_value(outline, (struct span){list.p, n});
		list.p += n + (comma != NULL);
		list.n -= n + (comma != NULL);
	}
}

void front_matter_read(struct span matter, struct outline *outline)
{
	const struct known_key *key = NULL;
	bool in_title = false;

	take_line(&matter);
	while (matter.n) {
		struct span line = trim_end(take_line(&matter));
		struct span value = line;
		struct span name;
		bool begins = split_key(line, &name, &value);

		if (matter.n == 0 || line.n == 0 || line.p[0] == '#')
			continue;
		if (begins || line.p[0] == '[') {
			key = begins ? find_key(name) : NULL;
			in_title = begins && span_equal(name, span_of("title"));
		}
		if (in_title && outline->title.n == 0)
			outline->title = clean(value);
		else if (key && key->list)
			add_list(outline, value);
		else if (key)
			add_value(outline, value);
	}
}
