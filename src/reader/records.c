#include "records.h"

#include "mem.h"

int records_open(struct records *records, struct container *container, uint32_t name, struct err *err)
{
	*records = (struct records){.container = container};
	if (container_find(container, name, &records->chunk, err) < 0)
		return -1;
	if (records->chunk.length % RECORD_BYTES || records->chunk.length / RECORD_BYTES > UINT32_MAX)
		return container_damaged(container, records->chunk.offset, "size of a table", err);
	records->count = (uint32_t)(records->chunk.length / RECORD_BYTES);
	records->base = (const unsigned char *)container->bytes.p + records->chunk.offset;
	records->checked = mem_zero(records->count / RECORDS_GROUP / 8 + 1, 1);
	return records->checked ? 0 : err_memory(err, "open an index");
}

void records_close(struct records *records)
{
	mem_free(records->checked);
	records->checked = NULL;
}

int records_check(struct records *records, uint32_t number, struct err *err)
{
	uint32_t group = number / RECORDS_GROUP;
	uint32_t first = group * RECORDS_GROUP;
	uint32_t n = records->count - first < RECORDS_GROUP ? records->count - first : RECORDS_GROUP;
	struct span bytes;

	if (container_view(records->container, &records->chunk, (uint64_t)first * RECORD_BYTES,
			   (uint64_t)n * RECORD_BYTES, &bytes, err) < 0)
		return -1;
	records->checked[group / 8] |= (unsigned char)(1u << group % 8);
	return 0;
}
