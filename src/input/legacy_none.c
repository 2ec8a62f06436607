#include "legacy.h"

int legacy_add(struct buf *out, struct span bytes, enum encoding encoding, const char *shown, struct err *err)
{
	(void)out;
	(void)bytes;
	(void)encoding;
	(void)shown;
	(void)err;
	return 0;
}
