#include "pinyin.h"

size_t pinyin_readings(uint32_t code, uint16_t out[PINYIN_READINGS])
{
	uint16_t entry = code >= PINYIN_FIRST && code <= PINYIN_LAST ? pinyin_entries[code - PINYIN_FIRST] : 0;
	const uint16_t *list = pinyin_lists + (entry & (PINYIN_LIST - 1));
	size_t n = 0;

	if (entry == 0)
		return 0;
	if (!(entry & PINYIN_LIST)) {
		out[0] = (uint16_t)(entry - 1);
		return 1;
	}
	do
		out[n] = list[n] & (PINYIN_LIST - 1);
	while (!(list[n++] & PINYIN_LIST));
	return n;
}
