#include "property_list.h"

#include "fold.h"
#include "front_matter.h"

/* Bytes of one that folding makes of them at the most: what is far too long need not be folded. */
enum { SHRINK = 4 };

static bool is_wanted(struct span key, struct span value)
{
	return key.n && key.n <= PROPERTY_KEY && value.n && value.n <= PROPERTY_VALUE &&
	       !span_equal(key, span_of("title")) && !span_equal(key, span_of("path"));
}

void property_list_add(struct buf *out, uint32_t document, struct span matter, struct buf *folded)
{
	struct front_matter reader;
	struct span key;
	struct span value;
	unsigned count = 0;

	front_matter_begin(&reader, matter);
	while (count < PROPERTY_COUNT && front_matter_next(&reader, &key, &value)) {
		if (key.n > SHRINK * PROPERTY_KEY || value.n > SHRINK * PROPERTY_VALUE)
			continue;
		buf_reset(folded);
		fold_text(key, folded, NULL);
		key.n = folded->n;
		fold_text(value, folded, NULL);
		out->failed |= folded->failed;
		key.p = folded->data;
		value = (struct span){folded->data + key.n, folded->n - key.n};
		if (!is_wanted(key, value))
			continue;
		property_table_add(out, document, key, value);
		count++;
	}
}
