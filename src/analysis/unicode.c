#include "unicode.h"

size_t unicode_fold_value(uint32_t code, uint32_t *value)
{
	unsigned entry = code > UNICODE_LAST ? 0 : unicode_entry(code);
	uint32_t record;

	*value = code;
	if (entry < UNICODE_SELF_ENTRIES)
		return 1;
	record = unicode_records[entry - UNICODE_SELF_ENTRIES];
	*value = record >> UNICODE_VALUE_SHIFT & UNICODE_VALUE_MASK;
	return record >> UNICODE_COUNT_SHIFT & UNICODE_COUNT_MASK;
}

size_t unicode_fold(uint32_t code, uint32_t to[UNICODE_FOLD_MAX])
{
	uint32_t value;
	size_t count = unicode_fold_value(code, &value);

	to[0] = value;
	if (count != 1)
		for (size_t i = 0; i < count; i++)
			to[i] = unicode_expansions[value + i];
	return count;
}
