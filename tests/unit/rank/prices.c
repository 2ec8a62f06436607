#include "prices.h"

struct scratch prices;
struct searcher *prices_searcher;

static void write_prices(void)
{
	struct buf text = {0};

	for (unsigned i = 1; i <= PRICES; i++)
		buf_printf(&text, "# 第%u天\n\n%s%s\n", i, i % 2 ? "价格和租金，又是租金。" : "租金。",
			   i % 3 ? "房东说要按季度付。" : "");
	scratch_write(&prices, "notes/价目.md", buf_string(&text));
	buf_release(&text);
}

int prices_make(void **state)
{
	struct err err = {0};

	(void)state;
	scratch_make(&prices);
	scratch_fill(&prices);
	write_prices();
	scratch_build(&prices);
	prices_searcher = searcher_open(&io_posix, &prices.index, 1, &err);
	return prices_searcher ? 0 : -1;
}

int prices_release(void **state)
{
	(void)state;
	searcher_close(prices_searcher);
	scratch_release(&prices);
	return 0;
}
