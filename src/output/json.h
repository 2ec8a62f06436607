/* json - writing JSON, small and exact.
 *
 * Shape:  a writer on a buffer that places commas itself: open, value or member, close.
 * Owner:  the buffer is the caller's.
 * Errors: sticky in the buffer; wrong nesting is an assert (our bug).
 * Cost:   no allocation of its own, no library at start; text is copied in runs.
 * Source: RFC 8259. Controls below 0x20, 0x7F, U+2028 and U+2029 are escaped, ill-formed UTF-8 becomes U+FFFD; all
 *         else is written as UTF-8.
 */
#ifndef OUTPUT_JSON_H
#define OUTPUT_JSON_H

#include "buf.h"

enum { JSON_DEPTH = 16 };

struct json {
	struct buf *out;
	unsigned depth;
	bool filled[JSON_DEPTH]; /* the object or array at this depth has something already */
	bool named;              /* a name was written, its value is next */
};

void json_open_object(struct json *json);
void json_close_object(struct json *json);
void json_open_array(struct json *json);
void json_close_array(struct json *json);
void json_text(struct json *json, struct span text);
void json_integer(struct json *json, uint64_t value);

/* With six digits after the point, trailing zeros dropped (at least one kept): stable from run to run and in every
 * locale. Cut to 1e12, which no score comes near; a NaN is 0. */
void json_real(struct json *json, double value);

/* What json_real() writes, in millionths. */
int64_t json_millionths(double value);

/* A name, of plain ASCII, and its value; an object or array stays open. */
void json_member_object(struct json *json, const char *name);
void json_member_array(struct json *json, const char *name);
void json_member_text(struct json *json, const char *name, struct span value);
void json_member_string(struct json *json, const char *name, const char *value);
void json_member_integer(struct json *json, const char *name, uint64_t value);
void json_member_real(struct json *json, const char *name, double value);
void json_member_boolean(struct json *json, const char *name, bool value);

#endif
