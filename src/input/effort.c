#include "effort.h"

#include <stdint.h>

/* Looks, at 0.5 ns each. */
static const uint64_t LOOKS_MAX = 8000000000;

/* Below 128 KiB not even all brackets and line ends reach the limit. */
enum { TEXT_ALWAYS = 128 * 1024 };

static bool is_blank_at(struct span line, size_t i)
{
	return i >= line.n || line.p[i] == ' ' || line.p[i] == '\t' || line.p[i] == '\r';
}

/* At most how many containers the start of a line can open, by a mark each, or keep open, by two columns of indent. */
static uint64_t depth_of(struct span line)
{
	uint64_t marks = 0;
	uint64_t columns = 0;
	size_t i = 0;

	while (i < line.n) {
		size_t digits = 0;

		while (i < line.n && digits < 9 && line.p[i] >= '0' && line.p[i] <= '9') {
			digits++;
			i++;
		}
		if (i < line.n && line.p[i] && strchr(digits ? ".)" : "-+*", line.p[i]) && is_blank_at(line, i + 1))
			marks++;
		else if (i < line.n && line.p[i] == '>' && !digits)
			marks++;
		else if (i < line.n && is_blank_at(line, i) && !digits)
			columns += line.p[i] == '\t' ? 4 : 1;
		else
			break;
		i++;
	}
	return marks + columns / 2;
}

static uint64_t count_brackets(struct span line)
{
	uint64_t count = 0;

	for (size_t i = 0; i < line.n; i++)
		count += line.p[i] == ']';
	return count;
}

bool effort_is_bounded(struct span text)
{
	uint64_t lines = 0;
	uint64_t run_lines = 0; /* since the last blank line */
	uint64_t run_brackets = 0;
	uint64_t deepest = 0;
	uint64_t looks = 0;

	if (text.n < TEXT_ALWAYS)
		return true;
	while (text.n) {
		const char *newline = memchr(text.p, '\n', text.n);
		struct span line = {text.p, newline ? (size_t)(newline - text.p) : text.n};
		uint64_t depth = depth_of(line);

		lines++;
		run_lines++;
		run_brackets += count_brackets(line);
		deepest = depth > deepest ? depth : deepest;
		text.p += line.n + (newline != NULL);
		text.n -= line.n + (newline != NULL);
		if (text.n == 0 || span_trim(line, " \t\r").n == 0) {
			looks += run_lines * run_brackets;
			run_lines = 0;
			run_brackets = 0;
		}
	}
	return looks + lines * deepest <= LOOKS_MAX;
}
