/* sampler - the dictionary of the store, made of pieces of the input while the first batches are analysed.
 *
 * Shape:  pieces of STORE_SAMPLE_BYTES at even distances of all files, as they lie in the plan, read raw: what is no text
 *         makes a dictionary that is of less use, not a wrong one. One thread makes it, the others wait for it.
 * Owner:  the sampler owns the dictionary; the others borrow it until they have ended.
 * Errors: a file that cannot be read is passed over: who indexes it will tell. Memory.
 * Cost:   STORE_SAMPLES_MAX small reads, some 2 ms, and what store_dictionary_make() costs.
 */
#ifndef WRITER_SAMPLER_H
#define WRITER_SAMPLER_H

#include "plan.h"
#include "store_dictionary.h"

#include <pthread.h>

struct sampler {
	struct store_dictionary dictionary;
	pthread_mutex_t mutex; /* of what follows */
	pthread_cond_t ended;
	bool done;
	bool failed;
};

void sampler_init(struct sampler *sampler);
void sampler_release(struct sampler *sampler);

/* Makes the dictionary; whether or not that fails, nobody waits for it any more. */
int sampler_make(struct sampler *sampler, const struct plan *plan, struct err *err);

/* Waits for it; NULL when there will be none because there was no memory to make it. */
const struct store_dictionary *sampler_wait(struct sampler *sampler);

#endif
