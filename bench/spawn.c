/* spawn - how long whole processes take, and how much memory, measured from a process too small to disturb either.
 *
 * Shape:  spawn ROUNDS < commands; a command a line, its arguments separated by tabs. Each round runs every command
 * once, in order, so that what disturbs the machine disturbs them alike. stdin is empty, stdout and stderr are closed
 * off. Units:  one line a round, one column a command: microseconds:KiB:status. Source: posix_spawn(3) costs the same
 * whatever the size of the parent; wait4(2). A child's ru_maxrss starts at its parent's size, so a large parent (an
 * interpreter) would hide it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS = 64, ARGUMENTS = 64 };

extern char **environ;

static char *arguments[COMMANDS][ARGUMENTS];

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int read_commands(void)
{
	int count = 0;
	char *line = NULL;
	size_t size = 0;
	while (count < COMMANDS && getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		char *copy = strdup(line);
		for (int i = 0; copy && i < ARGUMENTS - 1; i++)
			arguments[count][i] = strsep(&copy, "\t");
		count++;
	}
	free(line);
	return count;
}

static int run(char **command, const posix_spawn_file_actions_t *streams)
{
	pid_t pid;
	int status = 0;
	struct rusage usage = {0};
	double start = now_us();
	if (posix_spawn(&pid, command[0], streams, NULL, command, environ) != 0 || wait4(pid, &status, 0, &usage) < 0) {
		perror(command[0]);
		return -1;
	}
	double end = now_us();
	printf("%.1f:%ld:%d ", end - start, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return 0;
}

int main(int argc, char **argv)
{
	long rounds = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	if (rounds <= 0) {
		fputs("usage: spawn ROUNDS < commands\n", stderr);
		return 2;
	}
	posix_spawn_file_actions_t streams;
	posix_spawn_file_actions_init(&streams);
	posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int count = read_commands();
	for (long round = 0; round < rounds; round++) {
		for (int i = 0; i < count; i++) {
			if (run(arguments[i], &streams) < 0)
				return 2;
		}
		putchar('\n');
	}
	return 0;
}
