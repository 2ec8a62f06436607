#include "utc.h"

/* 0000-01-01 and 10000-01-01. */
#define FIRST INT64_C(-62167219200)
#define END   INT64_C(253402300800)

/* 400 years. From March to December 31 and on: the odd day of a leap year is the last of a year that begins in March. */
enum { CYCLE_DAYS = 146097, JANUARY_AND_FEBRUARY = 60 };

static char *put(char *to, unsigned value, int digits)
{
	for (int i = digits; i-- > 0; value /= 10)
		to[i] = (char)('0' + value % 10);
	return to + digits;
}

static char *put_date(char *to, uint64_t days)
{
	/* Since the March of the year -400; a cycle's years end with a leap day, but for those of its first three centuries. */
	uint64_t shifted = days + CYCLE_DAYS - JANUARY_AND_FEBRUARY;
	uint64_t in_cycle = shifted % CYCLE_DAYS;
	uint64_t year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / (CYCLE_DAYS - 1)) / 365;
	uint64_t day = in_cycle - (365 * year + year / 4 - year / 100);
	uint64_t month = (5 * day + 2) / 153; /* from March on, five months are 153 days */

	year += shifted / CYCLE_DAYS * 400 + (month >= 10) - 400;
	to = put(to, (unsigned)year, 4);
	*to++ = '-';
	to = put(to, (unsigned)(month < 10 ? month + 3 : month - 9), 2);
	*to++ = '-';
	return put(to, (unsigned)(day - (153 * month + 2) / 5 + 1), 2);
}

size_t utc_format(char to[UTC_BYTES], int64_t seconds)
{
	uint64_t since = (uint64_t)seconds - (uint64_t)FIRST;
	char *at = to;

	*to = '\0';
	if (seconds < FIRST || seconds >= END)
		return 0;
	at = put_date(at, since / 86400);
	*at++ = 'T';
	at = put(at, (unsigned)(since / 3600 % 24), 2);
	*at++ = ':';
	at = put(at, (unsigned)(since / 60 % 60), 2);
	*at++ = ':';
	at = put(at, (unsigned)(since % 60), 2);
	*at++ = 'Z';
	*at = '\0';
	return (size_t)(at - to);
}
