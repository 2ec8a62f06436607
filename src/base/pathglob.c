#include "pathglob.h"

#include "wildcard.h"

/* Stars at the front, and the slash behind them, may stand for no directory at all. */
static struct span without_head(struct span pattern)
{
	size_t n = 0;

	while (n < pattern.n && pattern.p[n] == '*')
		n++;
	n += n < pattern.n && pattern.p[n] == '/';
	return (struct span){pattern.p + n, pattern.n - n};
}

/* Does any component match: the file's name, or a directory it is in? */
static bool match_component(struct span pattern, struct span path)
{
	for (const char *slash; path.n && (slash = memchr(path.p, '/', path.n));) {
		struct span directory = {path.p, (size_t)(slash - path.p)};

		if (directory.n && wildcard_match(pattern, directory, true))
			return true;
		path.p += directory.n + 1;
		path.n -= directory.n + 1;
	}
	return wildcard_match(pattern, path, true);
}

static bool has_double_star(struct span pattern)
{
	for (size_t i = 1; i < pattern.n; i++)
		if (pattern.p[i - 1] == '*' && pattern.p[i] == '*')
			return true;
	return false;
}

static bool match_path(struct span pattern, struct span path)
{
	if (pattern.n == 0 || !memchr(pattern.p, '/', pattern.n))
		return match_component(pattern, path);
	if (!has_double_star(pattern))
		return wildcard_match(pattern, path, false);
	return wildcard_match(pattern, path, true) || wildcard_match(without_head(pattern), path, true);
}

/* Does any of the directories that the path is in match? */
static bool match_directory(struct span pattern, struct span path)
{
	for (size_t i = 1; i < path.n; i++)
		if (path.p[i] == '/' && match_path(pattern, (struct span){path.p, i}))
			return true;
	return false;
}

bool pathglob_match(const char *pattern, const char *path)
{
	struct span wanted = span_of(pattern);
	size_t n;

	if (span_starts(wanted, span_of("./")))
		wanted = span_of(pattern + 2);
	n = wanted.n;
	while (wanted.n && wanted.p[wanted.n - 1] == '/')
		wanted.n--;
	return wanted.n < n ? match_directory(wanted, span_of(path)) : match_path(wanted, span_of(path));
}

const char *pathglob_list_find(const char *const *globs, size_t count, const char *path)
{
	for (size_t i = count; i-- > 0;)
		if (pathglob_match(globs[i] + (globs[i][0] == '!'), path))
			return globs[i];
	return NULL;
}

bool pathglob_list_match(const char *const *globs, size_t count, const char *path)
{
	const char *decides = pathglob_list_find(globs, count, path);

	for (size_t i = 0; i < count && !decides; i++)
		if (globs[i][0] != '!')
			return false;
	return !decides || decides[0] != '!';
}
