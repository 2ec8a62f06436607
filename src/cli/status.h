/* status - what kbindex --status prints.
 *
 * Shape:  facts of an opened index and how its files have changed since; as text for people, as one JSON object for scripts.
 * Owner:  the index is borrowed.
 * Errors: sticky in the buffer.
 */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

#include "index.h"
#include "plan.h"

struct status {
	const struct index *index;
	struct plan_changes stale;
};

void status_print(struct buf *out, const struct status *status);
void status_print_json(struct buf *out, const struct status *status);

#endif
