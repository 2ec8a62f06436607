/* err - what went wrong, told once, where it is known.
 *
 * Shape:  a kind (what the caller can act on) and one line of text for a person.
 * Owner:  the caller owns the struct; nothing in it is allocated.
 * Errors: the first failure is kept: a later err_set() on a struct that already holds one changes nothing,
 *         so clean-up code cannot hide the cause.
 * Cost:   none until something fails.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_kind {
	ERR_NONE,
	ERR_MEMORY,   /* an allocation failed */
	ERR_IO,       /* the system refused: the text holds its reason */
	ERR_MISSING,  /* there is no such index, or no such file any more */
	ERR_DAMAGED,  /* the bytes of an index are not what was written */
	ERR_FOREIGN,  /* not an index at all, or a part of another one */
	ERR_VERSION,  /* made by a program that writes another format */
	ERR_ANALYSIS, /* made with other word tables: its terms are not our terms */
	ERR_SCRIPT,   /* text with letters of scripts whose words only ICU can find, where there is no ICU */
	ERR_LOCKED,   /* another writer is at work */
	ERR_LIMIT,    /* larger than a stated limit */
	ERR_ENCODING, /* a file is not text in an encoding we read */
	ERR_USAGE,    /* the request makes no sense */
};

struct err {
	enum err_kind kind;
	char text[5000]; /* a path of PATH_MAX bytes, and what is wrong with it */
};

/* Fills *err unless it is filled already; always returns -1, so that `return err_set(...)` reads well. */
__attribute__((format(printf, 3, 4))) int err_set(struct err *err, enum err_kind kind, const char *format, ...);

/* The same for a failed system call: "PATH: DOING: reason" from errno. */
int err_system(struct err *err, const char *path, const char *doing);

/* Out of memory while `doing`. */
int err_memory(struct err *err, const char *doing);

/* The stable name of a kind, as in the JSON `error.code`. */
const char *err_code(enum err_kind kind);

#endif
