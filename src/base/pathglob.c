#define _GNU_SOURCE /* uselocale(3) */
#include "pathglob.h"

#include <fnmatch.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static bool match_whole(const char *pattern, const char *path, int flags)
{
	char rooted[4096];

	if (fnmatch(pattern, path, flags) == 0)
		return true;
	/* A leading double star may stand for no directory at all: try the path with a slash before it. */
	if (flags || snprintf(rooted, sizeof rooted, "/%s", path) >= (int)sizeof rooted)
		return false;
	return fnmatch(pattern, rooted, flags) == 0;
}

/* Does any component match: the file's name, or a directory it is in? */
static bool match_component(const char *pattern, const char *path)
{
	char directory[256]; /* NAME_MAX and a NUL: a longer one cannot be */

	for (const char *slash; (slash = strchr(path, '/')); path = slash + 1) {
		size_t n = (size_t)(slash - path);

		if (n >= sizeof directory)
			continue;
		memcpy(directory, path, n);
		directory[n] = '\0';
		if (n && fnmatch(pattern, directory, 0) == 0)
			return true;
	}
	return fnmatch(pattern, path, 0) == 0;
}

static bool match_path(const char *pattern, const char *path)
{
	if (!strchr(pattern, '/'))
		return match_component(pattern, path);
	return match_whole(pattern, path, strstr(pattern, "**") ? 0 : FNM_PATHNAME);
}

/* Does any of the directories that the path is in match the first n bytes of the pattern? */
static bool match_directory(const char *pattern, size_t n, const char *path)
{
	char name[4096];
	char directory[4096]; /* PATH_MAX: what the system takes */

	if (n >= sizeof name)
		return false;
	memcpy(name, pattern, n);
	name[n] = '\0';
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		size_t end = (size_t)(slash - path);

		if (end >= sizeof directory)
			return false;
		memcpy(directory, path, end);
		directory[end] = '\0';
		if (end && match_path(name, directory))
			return true;
	}
	return false;
}

static bool match(const char *pattern, const char *path)
{
	size_t n;

	if (strncmp(pattern, "./", 2) == 0)
		pattern += 2;
	n = strlen(pattern);
	while (n && pattern[n - 1] == '/')
		n--;
	return pattern[n] ? match_directory(pattern, n, path) : match_path(pattern, path);
}

bool pathglob_match(const char *pattern, const char *path)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	bool matches = match(pattern, path);

	if (utf8) {
		uselocale(before);
		freelocale(utf8);
	}
	return matches;
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
