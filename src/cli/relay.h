/* relay - hands a command line to kbsearch-icu, the same program linked with ICU.
 *
 * Shape:  kbsearch itself is linked without any library, because that is a third of what a query costs. A query whose words
 *         only ICU can find (ERR_SCRIPT of analysis/foreign.h) is answered by kbsearch-icu in this process's place, and so
 *         is a batch, where the start does not count. It stands beside kbsearch in a build, else in ../libexec/kbsearch.
 * Errors: returns only when there is no kbsearch-icu, or none that runs.
 */
#ifndef CLI_RELAY_H
#define CLI_RELAY_H

#include "span.h"

/* Never in kbsearch-icu itself. */
bool relay_possible(void);

/* Replaces this process. `input`: what the other program is to find on its stdin, where this one has read it already; NULL
 * text for stdin as it is. */
void relay_to_icu(char **argv, struct span input);

#endif
