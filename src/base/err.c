#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
	va_list args;

	if (err->kind != ERR_NONE)
		return -1;
	err->kind = kind;
	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	return -1;
}

int err_system(struct err *err, const char *path, const char *doing)
{
	int reason = errno;

	if (reason == ENOMEM)
		return err_memory(err, doing);
	return err_set(err, ERR_IO, "%s: cannot %s: %s", path, doing, strerror(reason));
}

int err_memory(struct err *err, const char *doing)
{
	return err_set(err, ERR_MEMORY, "not enough memory to %s", doing);
}

const char *err_code(enum err_kind kind)
{
	switch (kind) {
	case ERR_NONE: return "none";
	case ERR_MEMORY: return "memory";
	case ERR_IO: return "io";
	case ERR_MISSING: return "missing";
	case ERR_DAMAGED: return "damaged";
	case ERR_FOREIGN: return "foreign";
	case ERR_VERSION: return "version";
	case ERR_ANALYSIS: return "analysis";
	case ERR_SCRIPT: return "script";
	case ERR_LOCKED: return "locked";
	case ERR_LIMIT: return "limit";
	case ERR_ENCODING: return "encoding";
	case ERR_USAGE: return "usage";
	}
	return "unknown";
}
