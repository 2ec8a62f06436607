/* The segmenter of a build without tables (-Dsegmenter=icu): everything is foreign. */
#include "segmenter.h"

#include "dictionary.h"
#include "foreign.h"
#include "mem.h"

const uint64_t dictionary_hash = 0;

struct segmenter {
	struct foreign *foreign;
};

struct segmenter *segmenter_new(struct err *err)
{
	struct segmenter *s = mem_zero(1, sizeof *s);

	if (!s)
		err_memory(err, "cut text into words");
	return s;
}

void segmenter_free(struct segmenter *s)
{
	if (!s)
		return;
	foreign_free(s->foreign);
	mem_free(s);
}

int segmenter_cut(struct segmenter *s, struct span run, struct buf *ends, struct err *err)
{
	return foreign_cut(&s->foreign, run, ends, err);
}
