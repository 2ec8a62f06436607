#define _XOPEN_SOURCE 700 /* S_IFREG */
#include "origin.h"

#include "unit.h"

#include <errno.h>
#include <stdio.h>

/* A file system where every file has SIZE bytes of TIME, until `gone`; it counts the looks. */
enum { SIZE = 7, TIME = 9 };

static unsigned looks;
static bool gone;

static int look(int directory, const char *path, struct stat *out, int flags)
{
	(void)directory;
	(void)path;
	(void)flags;
	looks++;
	if (gone) {
		errno = ENOENT;
		return -1;
	}
	*out = (struct stat){.st_mode = S_IFREG, .st_size = SIZE, .st_mtim.tv_nsec = TIME};
	return 0;
}

static const struct io fake = {.fstatat = look};

static const char *roots[] = {"/notes"};

static const struct origin *find(struct origins *origins, struct index *index, uint32_t number, int64_t since,
				 int64_t now)
{
	char name[32];
	struct manifest_document document = {.size = SIZE, .mtime_ns = TIME};
	const struct origin *origin;
	struct err err = {0};

	const struct origin *known = origins_known(origins, index, number, since);
	unsigned before = looks;

	snprintf(name, sizeof name, "%u.md", (unsigned)number);
	document.path = span_of(name);
	if (origins_find(origins, index, number, &document, since, now, &origin, &err) < 0)
		fail_msg("%s", err.text);
	/* what is known needs no look, and only that */
	assert_int_equal(known == NULL, looks > before);
	if (known)
		assert_ptr_equal(known, origin);
	assert_true(span_equal(origin->below, document.path));
	return origin;
}

static void knows_each_document_of_each_index(void **state)
{
	struct index indexes[2] = {{.io = &fake, .root_directories = roots}, {.io = &fake, .root_directories = roots}};
	struct origins origins = {0};

	(void)state;
	looks = 0;
	gone = false;
	for (int round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < 1000; i++) {
			for (unsigned k = 0; k < 2; k++) {
				const struct origin *origin = find(&origins, &indexes[k], i * 64, 0, 0);
				char expected[32];

				snprintf(expected, sizeof expected, "/notes/%u.md", (unsigned)i * 64);
				assert_string_equal(origin->path, expected);
				assert_false(origin->stale);
			}
		}
		assert_int_equal(looks, 2000);
	}
	assert_int_equal(origins.used, 2000);
	origins_release(&origins);
}

static void looks_again_when_too_old(void **state)
{
	struct index index = {.io = &fake, .root_directories = roots};
	struct origins origins = {0};

	(void)state;
	looks = 0;
	gone = false;
	assert_false(find(&origins, &index, 5, 100, 100)->stale);
	gone = true;
	assert_false(find(&origins, &index, 5, 100, 200)->stale);
	assert_int_equal(looks, 1);
	assert_true(find(&origins, &index, 5, 101, 200)->stale);
	assert_int_equal(looks, 2);
	gone = false;
	assert_true(find(&origins, &index, 5, 200, 300)->stale);
	assert_false(find(&origins, &index, 5, 201, 300)->stale);
	assert_int_equal(looks, 3);
	origins_release(&origins);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_each_document_of_each_index),
		cmocka_unit_test(looks_again_when_too_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
