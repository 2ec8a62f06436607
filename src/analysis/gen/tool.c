#include "tool.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ICU's name of its data: U_ICUDATA_NAME holds its major version and byte order. */
#define BREAK_DATA U_ICUDATA_NAME "-brkitr"

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s: ", tool_name);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

void check(UErrorCode status, const char *doing)
{
	if (U_FAILURE(status))
		die("ICU cannot %s: %s", doing, u_errorName(status));
}

void *allocate(size_t count, size_t size)
{
	void *block = calloc(count, size);

	if (!block)
		die("not enough memory");
	return block;
}

FILE *create(const char *name)
{
	FILE *file = fopen(name, "wb");

	if (!file)
		die("%s: cannot create", name);
	return file;
}

void finish(FILE *file, const char *name)
{
	bool failed = ferror(file);

	if (fclose(file) != 0 || failed)
		die("%s: cannot write", name);
}

UDataMemory *open_data(const char *type, const char *name, const char *format, unsigned version)
{
	UErrorCode status = U_ZERO_ERROR;
	UDataMemory *data = udata_open(BREAK_DATA, type, name, &status);
	UDataInfo info = {.size = sizeof info};

	check(status, "open its break data");
	udata_getInfo(data, &info);
	if (memcmp(info.dataFormat, format, 4) != 0 || info.formatVersion[0] != version)
		die("%s.%s has another form: %.4s %u", name, type, (const char *)info.dataFormat,
		    info.formatVersion[0]);
	return data;
}
