/* settings - what kbsearch's command line and surroundings ask for.
 *
 * Shape:  settings_parse() reads the options, the query (from stdin for `-`), the environment and the terminal.
 * Owner:  settings_release() frees; strings borrow from argv or from the struct.
 * Errors: ERR_USAGE, one line that names the option.
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "render.h"
#include "searcher.h"

#define PROGRAM_NAME "kbsearch"

struct settings {
	struct buf indexes; /* array of const char * */
	struct buf query;
	char *directory;
	bool quiet;
	bool batch;
	const char *why;      /* --why: FILE[:LINE], or NULL */
	bool sample;          /* no index of the user's was found: the corpus that came with the program is searched */
	bool stdin_query;     /* the query was read from stdin */
	uint64_t count_limit; /* --count prints no more than this; 0: whatever it is */
	enum render_form form;
	struct render_options render;
	struct search_request request;
	int early_status; /* of --help and --version */
};

enum { SETTINGS_RUN = 1, SETTINGS_EARLY = 0 };

int settings_parse(struct settings *settings, int argc, char **argv, struct err *err);
void settings_release(struct settings *settings);

#endif
