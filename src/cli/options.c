#define _GNU_SOURCE /* getopt_long(3) */
#include "options.h"

#include "buf.h"
#include "mem.h"
#include "wrap.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>

struct options {
	const struct option_spec *specs;
	const struct option_spec *current;
	struct option *long_options;
	struct buf short_options;
	char **argv;
	int argc;
	bool ended;
};

static int argument_kind(const struct option_spec *spec)
{
	if (!spec->argument)
		return no_argument;
	return spec->argument[0] == '[' ? optional_argument : required_argument;
}

static bool make_tables(struct options *o)
{
	size_t count = 0;

	while (o->specs[count].key)
		count++;
	o->long_options = mem_zero(count + 1, sizeof *o->long_options);
	buf_add_text(&o->short_options, "-:"); /* operands in order; a missing argument is told apart */
	for (size_t i = 0; i < count && o->long_options; i++) {
		const struct option_spec *spec = &o->specs[i];

		o->long_options[i] = (struct option){spec->name, argument_kind(spec), NULL, spec->key};
		if (spec->key >= OPTION_LONG)
			continue;
		buf_add_byte(&o->short_options, (unsigned char)spec->key);
		if (argument_kind(spec) == required_argument)
			buf_add_byte(&o->short_options, ':');
	}
	buf_string(&o->short_options);
	return o->long_options && !o->short_options.failed;
}

struct options *options_new(const struct option_spec *specs, int argc, char **argv, struct err *err)
{
	struct options *o = mem_zero(1, sizeof *o);

	if (o)
		*o = (struct options){.specs = specs, .argv = argv, .argc = argc};
	if (!o || !make_tables(o)) {
		options_free(o);
		err_memory(err, "read the command line");
		return NULL;
	}
	optind = 0; /* glibc and musl: start over, also for RETURN_IN_ORDER */
	opterr = 0;
	return o;
}

void options_free(struct options *o)
{
	if (!o)
		return;
	mem_free(o->long_options);
	buf_release(&o->short_options);
	mem_free(o);
}

static const struct option_spec *find_spec(const struct options *o, int key)
{
	for (const struct option_spec *spec = o->specs; spec->key; spec++)
		if (spec->key == key)
			return spec;
	return NULL;
}

/* Appends the long options that what was typed may be short for: how many. */
static size_t add_candidates(struct buf *out, const struct options *o, const char *typed)
{
	size_t n = strncmp(typed, "--", 2) == 0 ? strcspn(typed + 2, "=") : 0;
	size_t count = 0;

	for (const struct option_spec *spec = o->specs; spec->key && n; spec++) {
		if (strncmp(typed + 2, spec->name, n) != 0)
			continue;
		buf_printf(out, " --%s", spec->name);
		count++;
	}
	return count;
}

static int refuse_long(const struct options *o, const char *typed, struct err *err)
{
	struct buf names = {0};

	if (add_candidates(&names, o, typed) > 1)
		err_set(err, ERR_USAGE, "option %s could be one of%s", typed, buf_string(&names));
	else
		err_set(err, ERR_USAGE, "unknown option %s; see --help, or put -- before words that begin with -",
			typed);
	buf_release(&names);
	return -1;
}

/* What getopt refused: an unknown or ambiguous option, or an argument where none belongs. */
static int refuse(const struct options *o, const char *typed, struct err *err)
{
	const struct option_spec *known = optopt ? find_spec(o, optopt) : NULL;

	if (known)
		return err_set(err, ERR_USAGE, "option --%s takes no argument", known->name);
	/* A byte of a longer character is told with the whole argument: a message is valid text. */
	if (optopt > ' ' && optopt < 0x7F)
		return err_set(err, ERR_USAGE,
			       "unknown option -%c; see --help, or put -- before words that begin with -", optopt);
	return refuse_long(o, typed, err);
}

static int lacks_argument(const struct option_spec *spec, struct err *err)
{
	if (!spec)
		return err_set(err, ERR_USAGE, "an option needs an argument; see --help");
	return err_set(err, ERR_USAGE, "option --%s needs an argument (%s)", spec->name, spec->argument);
}

/* What getopt would take for options, and is none: a '-' and a byte that is not ASCII, and with musl's a '-' alone. */
static bool is_text(const char *argument)
{
	return argument && argument[0] == '-' && (!argument[1] || (unsigned char)argument[1] >= 0x80);
}

int options_next(struct options *o, const char **value, struct err *err)
{
	int index = optind ? optind : 1;
	int key;

	*value = index < o->argc ? o->argv[index] : NULL;
	if (o->ended || is_text(*value)) {
		optind = index + 1;
		return *value ? OPTION_OPERAND : OPTION_END;
	}
	key = getopt_long(o->argc, o->argv, o->short_options.data, o->long_options, NULL);
	*value = optarg;
	o->current = find_spec(o, key);
	if (key == -1) {
		o->ended = true;
		return options_next(o, value, err);
	}
	if (key == 1)
		return OPTION_OPERAND;
	if (key == ':')
		return lacks_argument(find_spec(o, optopt), err);
	if (key == '?')
		return refuse(o, o->argv[index], err);
	return key;
}

bool options_ended(const struct options *o)
{
	return o->ended;
}

int options_number(const struct options *o, const char *value, uint64_t min, uint64_t max, uint64_t *out,
		   struct err *err)
{
	char *end;

	errno = 0;
	*out = strtoull(value, &end, 10);
	if (value[0] < '0' || value[0] > '9' || *end || errno || *out < min || *out > max)
		return err_set(err, ERR_USAGE, "--%s=%s: not a whole number from %llu to %llu", o->current->name, value,
			       (unsigned long long)min, (unsigned long long)max);
	return 0;
}

int options_choice(const struct options *o, const char *value, const char *const *choices, struct err *err)
{
	struct span known;

	for (int i = 0; choices[i]; i++)
		if (strcmp(value, choices[i]) == 0)
			return i;
	known = span_trim(span_of(o->current->argument), "[]");
	return err_set(err, ERR_USAGE, "--%s=%s: not %.*s", o->current->name, value, (int)known.n, known.p);
}

int options_when(const struct options *o, const char *value, enum when *out, struct err *err)
{
	static const char *const whens[] = {
		[WHEN_AUTO] = "auto", [WHEN_ALWAYS] = "always", [WHEN_NEVER] = "never", NULL};
	int choice = options_choice(o, value, whens, err);

	if (choice < 0)
		return -1;
	*out = (enum when)choice;
	return 0;
}

static void add_option(struct buf *out, const struct option_spec *spec)
{
	enum { COLUMN = 32, COLUMNS = 80 }; /* the usual terminal, whatever this one is: help looks alike everywhere */
	static const struct wrap_style style = {.indent = COLUMN, .width = COLUMNS - COLUMN};
	size_t start = out->n;

	if (spec->key < OPTION_LONG)
		buf_printf(out, "  -%c, ", spec->key);
	else
		buf_add_text(out, "      ");
	buf_printf(out, "--%s", spec->name);
	if (spec->argument && spec->argument[0] == '[')
		buf_printf(out, "[=%.*s]", (int)strlen(spec->argument) - 2, spec->argument + 1);
	else if (spec->argument)
		buf_printf(out, "=%s", spec->argument);
	if (out->n - start < COLUMN)
		buf_printf(out, "%*s", COLUMN - (int)(out->n - start), "");
	else
		buf_printf(out, "\n%*s", COLUMN, "");
	wrap_text(out, span_of(spec->text), NULL, 0, &style);
	buf_add_byte(out, '\n');
}

void options_help(struct buf *out, const struct option_spec *specs)
{
	for (const struct option_spec *spec = specs; spec->key; spec++)
		add_option(out, spec);
}
