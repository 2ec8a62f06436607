#include "foreign.h"

int foreign_cut(struct foreign **state, struct span run, struct buf *ends, struct err *err)
{
	(void)state;
	(void)run;
	(void)ends;
	return err_set(err, ERR_SCRIPT,
		       "text in a script whose words only ICU can find; kbsearch-icu, which can, is missing");
}

void foreign_free(struct foreign *state)
{
	(void)state;
}
