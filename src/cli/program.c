#include "program.h"

#include "escape.h"
#include "io.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static void on_bus_error(int signal)
{
	static const char text[] = "an index file was cut short or could not be read while it was in use\n";

	ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);

	(void)ignored;
	(void)signal;
	_exit(STATUS_TROUBLE);
}

void program_start(void)
{
	struct sigaction action = {.sa_handler = on_bus_error};

	/* The lowest free number is taken: so the loop fills 0, 1, 2 in turn. Each place holder fails the wrong way round: reading
	 * from a closed stdin and writing to a closed stdout must stay errors. */
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	sigaction(SIGBUS, &action, NULL);
	/* A file size limit is an error of write(2), which says what could not be written. */
	signal(SIGXFSZ, SIG_IGN);
}

void program_say(const char *name, const char *format, ...)
{
	static const char no_memory[] = "not enough memory\n";
	struct buf line = {0};
	struct err ignored = {0};
	va_list args;
	char fixed[6000];

	va_start(args, format);
	vsnprintf(fixed, sizeof fixed, format, args);
	va_end(args);
	buf_printf(&line, "%s: ", name);
	escape_line(&line, span_of(fixed));
	buf_add_byte(&line, '\n');
	io_write_all(&io_posix, STDERR_FILENO, "stderr", line.failed ? span_of(no_memory) : buf_span(&line), &ignored);
	buf_release(&line);
}

int program_fail(const char *name, const struct err *err)
{
	program_say(name, "%s", err->text);
	return STATUS_TROUBLE;
}

int program_write(const char *name, struct span bytes)
{
	while (bytes.n) {
		ssize_t put = io_posix.write(STDOUT_FILENO, bytes.p, bytes.n);

		if (put <= 0) {
			if (errno != EPIPE)
				program_say(name, "cannot write to standard output: %s", strerror(errno));
			return -1;
		}
		bytes.p += put;
		bytes.n -= (size_t)put;
	}
	return 0;
}

int program_version(const char *name)
{
	struct buf text = {0};
	int status;

	buf_printf(&text, "%s %s\n", name, KBSEARCH_VERSION);
	status = program_write(name, buf_span(&text));
	buf_release(&text);
	return status < 0 ? STATUS_TROUBLE : STATUS_DONE;
}
