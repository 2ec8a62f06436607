/* channel - the fields of a section in which words are counted, and the three inverted indexes of a segment.
 *
 * Shape:  the first CHANNEL_FIELDS channels are the fields, in the order of input's enum field. One more counts the Han characters
 *         of a section. Every section has a length in every channel.
 *         A layer is an inverted index of its own, a lexicon and posting lists:
 *           LAYER_WORDS  the words, for ranking. Numbers are sections; a value is the number of a pattern (pattern.h), which
 *                        says how often the word occurs in each field. Lists are split by word_list.h and have impacts
 *           LAYER_GRAMS  Han characters and pairs of adjacent ones (unigrams and bigrams), for ranking and for substrings.
 *                        They are of the folded source, markup included. Numbers are sections, a value is the frequency
 *                        less 1. Keys are UTF-16BE (gram.h)
 *           LAYER_UNITS  three adjacent letters or digits, and the other grams that gram.h finds in text that is not Han, for
 *                        substrings only. Numbers are groups of STORE_GROUP frames of the store (store.h), which is much
 *                        smaller than naming sections; values are 0
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
