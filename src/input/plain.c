#include "plain.h"

#include "block.h"
#include "character.h"

int plain_parse(struct outline *outline, struct err *err)
{
	struct span rest = {outline->text.p + outline->body, outline->text.n - outline->body};
	struct block block = {.home = outline->text};
	int status = 0;

	while (rest.n) {
		struct span line = character_trim(span_take_line(&rest));

		if (line.n == 0)
			block_flush(&block, outline);
		else if (block_text(&block).n)
			block_add(&block, span_of("\n"));
		block_add(&block, line);
	}
	block_flush(&block, outline);
	if (block.failed)
		status = err_memory(err, "read plain text");
	block_release(&block);
	return status;
}
