#include "hostile.h"

#include "index.h"
#include "questions.h"
#include "unit.h"

static bool is_refusal(const struct err *err)
{
	return err->kind == ERR_DAMAGED || err->kind == ERR_FOREIGN || err->kind == ERR_VERSION ||
	       err->kind == ERR_ANALYSIS;
}

static bool passes_check(struct sound *sound)
{
	struct index index;
	struct err err = {0};
	int status = index_open(&index, &patched_io, sound->scratch.index, &err);

	if (status == 0) {
		status = index_check(&index, &err);
		index_close(&index);
	}
	assert_int_equal(status < 0, is_refusal(&err));
	return status == 0;
}

bool hostile_use(struct sound *sound)
{
	struct buf answer = {0};
	struct err err = {0};
	bool passed = passes_check(sound);
	struct searcher *searcher = searcher_open(&patched_io, &sound->scratch.index, 1, &err);

	if (!searcher)
		assert_true(is_refusal(&err) && (!passed || err.kind == ERR_ANALYSIS));
	for (unsigned i = 0; searcher && i < QUESTIONS; i++) {
		err = (struct err){0};
		buf_reset(&answer);
		if (question_ask(searcher, i, &answer, &err) < 0 && (passed || !is_refusal(&err)))
			fail_msg("question %u: %s", i, err.text);
	}
	searcher_close(searcher);
	buf_release(&answer);
	return passed;
}
