#include "front_matter.h"

#include "character.h"

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
	struct span mark = text.n ? trim_end(span_take_line(&rest)) : text;
	bool toml = span_equal(mark, span_of("+++"));
	bool begun = false;

	if (!toml && !span_equal(mark, span_of("---")))
		return 0;
	while (rest.n) {
		struct span line = trim_end(span_take_line(&rest));
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

static bool is_list(struct span name)
{
	const struct known_key *key = find_key(name);

	return key && key->list;
}

/* Without the mark of folded text, a comment and quotes. */
static struct span clean(struct span value)
{
	value = character_trim(value);
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

/* Cuts the next item off a list; a comma in quotes separates nothing. */
static struct span take_item(struct span *list)
{
	struct span item = character_trim(span_trim(character_trim(*list), "[]"));
	const char *from = item.p;
	const char *comma;

	if (item.n && strchr("\"'", item.p[0]) && item.p[0]) {
		const char *end = memchr(item.p + 1, item.p[0], item.n - 1);

		from = end ? end : from;
	}
	comma = item.n ? memchr(from, ',', item.n - (size_t)(from - item.p)) : NULL;
	if (!comma) {
		*list = (struct span){NULL, 0};
		return item;
	}
	*list = (struct span){comma + 1, item.n - (size_t)(comma - item.p) - 1};
	return (struct span){item.p, (size_t)(comma - item.p)};
}

/* Of an item of a list that has a line for each. */
static struct span without_dash(struct span line)
{
	line = character_trim(line);
	return span_starts(line, span_of("- ")) ? (struct span){line.p + 2, line.n - 2} : line;
}

static bool next_line(struct front_matter *matter)
{
	while (matter->rest.n) {
		struct span line = trim_end(span_take_line(&matter->rest));
		struct span name;
		struct span value = line;

		/* Only the closing line has nothing behind it. */
		if (matter->rest.n == 0 || line.n == 0 || line.p[0] == '#')
			continue;
		matter->values = without_dash(line);
		if (split_key(line, &name, &value)) {
			matter->key = name;
			matter->values = value;
			matter->list = is_list(name) || span_starts(character_trim(value), span_of("["));
		} else if (line.p[0] == '[') {
			matter->key = (struct span){NULL, 0};
		}
		if (matter->key.n)
			return true;
	}
	return false;
}

void front_matter_begin(struct front_matter *matter, struct span text)
{
	*matter = (struct front_matter){.rest = text};
	span_take_line(&matter->rest);
}

bool front_matter_next(struct front_matter *matter, struct span *key, struct span *value)
{
	while (matter->values.n || next_line(matter)) {
		struct span item = matter->values;

		if (matter->list)
			item = span_trim(clean(take_item(&matter->values)), "[]");
		else {
			item = clean(item);
			matter->values.n = 0;
		}
		if (item.n) {
			*key = matter->key;
			*value = item;
			return true;
		}
	}
	return false;
}

void front_matter_read(struct span text, struct outline *outline)
{
	struct front_matter matter;
	struct span key;
	struct span value;

	front_matter_begin(&matter, text);
	while (front_matter_next(&matter, &key, &value)) {
		if (span_equal(key, span_of("title"))) {
			if (outline->title.n == 0)
				outline->title = value;
		} else if (find_key(key)) {
			outline_add_value(outline, value);
		}
	}
}
