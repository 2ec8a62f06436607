/* json_check - is this one JSON value by RFC 8259, in valid UTF-8? A reader that shares no code with the writer. */
#ifndef TEST_JSON_CHECK_H
#define TEST_JSON_CHECK_H

#include "span.h"

bool json_check(struct span text);

#endif
