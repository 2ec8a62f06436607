/* channel - the fields of a section that words are counted in, and the layers that terms are of.
 *
 * Shape:  the first CHANNEL_FIELDS are the fields, in the order of input's enum field; each has a length in every section,
 *         and so has the channel of characters. A layer has a lexicon and posting lists of its own:
 *           LAYER_WORDS  words; numbers are sections, a value is the number of a pattern (pattern.h): how often the word
 *                        stands in each field; lists have impacts, see word_list.h
 *           LAYER_GRAMS  Han characters and pairs of adjacent ones of the folded source, markup included; numbers are
 *                        sections, a value is the frequency less 1. Keys are UTF-16BE (gram.h)
 *           LAYER_UNITS  three adjacent letters or digits, and what else gram.h finds in text that is not Han; numbers are
 *                        groups of STORE_GROUP stored frames (store.h), values are 0
 */
#ifndef FORMAT_CHANNEL_H
#define FORMAT_CHANNEL_H

enum channel {
	CHANNEL_BODY,
	CHANNEL_CODE,
	CHANNEL_HEADING,
	CHANNEL_QUESTION,
	CHANNEL_LEAD,
	CHANNEL_ANCESTOR,
	CHANNEL_NAME,
	CHANNEL_FIELDS,
	CHANNEL_HAN = CHANNEL_FIELDS,
	CHANNEL_LENGTHS,
};

enum layer {
	LAYER_WORDS,
	LAYER_GRAMS,
	LAYER_UNITS,
	LAYER_COUNT,
};

#endif
