#include "property_filter.h"

#include "fold.h"
#include "section_set.h"

/* `many` is `one`, then `end`. */
static bool is_with(struct span one, struct span many, struct span end)
{
	return many.n == one.n + end.n && span_starts(many, one) && memcmp(many.p + one.n, end.p, end.n) == 0;
}

static bool is_plural(struct span one, struct span many)
{
	if (is_with(one, many, span_of("s")) || is_with(one, many, span_of("es")))
		return true;
	return one.n > 1 && one.p[one.n - 1] == 'y' && is_with((struct span){one.p, one.n - 1}, many, span_of("ies"));
}

static bool is_same_key(struct span a, struct span b)
{
	return span_equal(a, b) || is_plural(a, b) || is_plural(b, a);
}

/* Does a character that separates the words of a value begin at `at`, or end there? */
static bool is_border(struct span value, size_t at, bool ends)
{
	static const char *const separators[] = {" ", "\t", ",", ";", "/", "|", "、", "，", "；", "／", "　"};

	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
		struct span separator = span_of(separators[i]);

		if (ends && at >= separator.n && memcmp(value.p + at - separator.n, separator.p, separator.n) == 0)
			return true;
		if (!ends && span_starts((struct span){value.p + at, value.n - at}, separator))
			return true;
	}
	return at == (ends ? 0 : value.n);
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Do two digits stand there that are a number from 1 to `most`, and no third one? */
static bool is_number(struct span word, size_t at, unsigned most)
{
	unsigned number;

	if (word.n < at + 2 || !is_digit(word.p[at]) || !is_digit(word.p[at + 1]))
		return false;
	number = (unsigned)(word.p[at] - '0') * 10 + (unsigned)(word.p[at + 1] - '0');
	return number >= 1 && number <= most && !(word.n > at + 2 && is_digit(word.p[at + 2]));
}

/* How long the date is that the word begins with, to the month or to the day, as in ISO 8601; 0: it begins with none. */
static size_t date_length(struct span word)
{
	for (size_t i = 0; i < 4; i++)
		if (i >= word.n || !is_digit(word.p[i]))
			return 0;
	if (word.n < 7 || word.p[4] != '-' || !is_number(word, 5, 12))
		return 0;
	if (word.n == 7 || word.p[7] != '-')
		return 7;
	return is_number(word, 8, 31) ? 10 : 0;
}

/* Are these bytes, with which the word begins, the year, the month or the day of a date? */
static bool is_part_of_date(struct span word, size_t n)
{
	return (n == 4 || n == 7 || n == 10) && n <= date_length(word);
}

static bool value_fits(struct span value, const struct condition *leaf)
{
	struct span text = leaf->folded;

	for (size_t i = 0; text.n <= value.n && i <= value.n - text.n; i++) {
		struct span word = {value.p + i, value.n - i};

		if (!span_starts(word, text) || !is_border(value, i, true))
			continue;
		if (leaf->kind == CONDITION_PREFIX || is_border(value, i + text.n, false) ||
		    is_part_of_date(word, text.n))
			return true;
	}
	return false;
}

/* The next of `keys` that is the folded `key`, and its values: 1, 0, -1. */
static int next_key(struct segment_reader *segment, struct cursor *keys, struct span key, struct cursor *values,
		    struct err *err)
{
	struct span name;
	int got;

	while ((got = property_table_next(&segment->properties, keys, &name, values, err)) > 0)
		if (is_same_key(name, key))
			return 1;
	return got;
}

static int fold_key(struct span key, struct buf *folded, struct err *err)
{
	fold_text(key, folded, NULL);
	return folded->failed ? err_memory(err, "search") : 0;
}

int property_filter_has(struct segment_reader *segment, struct span key, struct err *err)
{
	struct buf folded = {0};
	struct cursor keys;
	struct cursor values;
	int status = fold_key(key, &folded, err);

	if (status == 0)
		status = property_table_keys(&segment->properties, &keys, err);
	if (status == 0)
		status = next_key(segment, &keys, buf_span(&folded), &values, err);
	buf_release(&folded);
	return status;
}

static int add_documents(struct segment_reader *segment, struct cursor *documents, uint64_t *set, struct err *err)
{
	uint32_t next = 0;
	int got;

	while ((got = property_table_document(&segment->properties, documents, &next, err)) > 0) {
		uint32_t section;
		uint32_t end;

		if (section_table_document(&segment->sections, next - 1, &section, &end, err) < 0)
			return -1;
		for (; section < end; section++)
			number_set_add(set, section);
	}
	return got;
}

static int add_values(struct segment_reader *segment, struct cursor *values, const struct condition *leaf,
		      uint64_t *set, struct err *err)
{
	struct cursor documents;
	struct span value;
	int got;

	while ((got = property_table_next(&segment->properties, values, &value, &documents, err)) > 0)
		if (value_fits(value, leaf) && add_documents(segment, &documents, set, err) < 0)
			return -1;
	return got;
}

int property_filter_find(struct segment_reader *segment, const struct condition *leaf, uint64_t **out,
			 struct arena *arena, struct err *err)
{
	struct buf key = {0};
	struct cursor keys;
	struct cursor values;
	int status = fold_key(leaf->key, &key, err);

	*out = section_set_new(arena, segment, false);
	if (!*out)
		status = err_memory(err, "search");
	if (status == 0)
		status = property_table_keys(&segment->properties, &keys, err);
	while (status == 0) {
		int got = next_key(segment, &keys, buf_span(&key), &values, err);

		if (got <= 0) {
			status = got;
			break;
		}
		status = add_values(segment, &values, leaf, *out, err);
	}
	buf_release(&key);
	return status;
}
