#include "lookup.h"

#include "io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static bool exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

static int nearest(struct buf *out, const char *directory)
{
	size_t n = strlen(directory);

	for (;;) {
		buf_reset(out);
		buf_add(out, directory, n);
		if (n > 1)
			buf_add_byte(out, '/');
		buf_add_text(out, ".kbsearch");
		if (exists(buf_string(out)))
			return 1;
		if (n <= 1)
			break;
		while (n > 1 && directory[n - 1] != '/')
			n--;
		if (n > 1)
			n--;
	}
	buf_reset(out);
	return 0;
}

/* Appends the path of the user's default, made or not: 1, or 0 when there is no home. */
static int add_default(struct buf *out)
{
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	/* The specification: a relative path in the variable is to be ignored. */
	if (data && data[0] == '/')
		buf_add_text(out, data);
	else if (home && home[0] == '/')
		buf_printf(out, "%s/.local/share", home);
	else
		return 0;
	buf_add_text(out, "/kbsearch/default");
	return 1;
}

int lookup_index(struct buf *out, const char *current_directory)
{
	const char *named = getenv("KBSEARCH_INDEX");
	struct stat st;

	buf_reset(out);
	if (named && *named) {
		buf_add_text(out, named);
		return 1;
	}
	if (current_directory && nearest(out, current_directory))
		return 1;
	/* A link that leads nowhere is still the user's: opening it then says what is missing. */
	if (add_default(out) && lstat(buf_string(out), &st) == 0)
		return 1;
	buf_reset(out);
	return 0;
}

/* Makes the directories above the last component. */
static int make_parents(char *path, struct err *err)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		int made;

		*slash = '\0';
		made = mkdir(path, 0700);
		if (made < 0 && errno != EEXIST)
			return err_system(err, path, "make the directory");
		*slash = '/';
	}
	return 0;
}

int lookup_register(const char *index, struct err *err)
{
	struct buf path = {0};
	struct stat st;
	int status = 0;

	if (add_default(&path) && lstat(buf_string(&path), &st) < 0) {
		status = make_parents(path.data, err);
		if (status == 0 && io_posix.symlinkat(index, AT_FDCWD, path.data) < 0)
			status = errno == EEXIST ? 0 : err_system(err, path.data, "make the link");
		else if (status == 0)
			status = 1;
	}
	buf_release(&path);
	return status;
}
