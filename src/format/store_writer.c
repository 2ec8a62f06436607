#include "store_writer.h"

#include "mem.h"
#include "store.h"

/* For frames without a magic number, and memory of mem.h. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

static void *allocate(void *opaque, size_t bytes)
{
	(void)opaque;
	return mem_resize(NULL, bytes, 1);
}

static void release(void *opaque, void *block)
{
	(void)opaque;
	mem_free(block);
}

static const ZSTD_customMem memory = {allocate, release, NULL};

static int start_compressor(struct store_writer *writer, struct err *err)
{
	ZSTD_CCtx *compressor = ZSTD_createCCtx_advanced(memory);

	writer->compressor = compressor;
	if (!compressor || ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_format, ZSTD_f_zstd1_magicless)) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_contentSizeFlag, 0)) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_dictIDFlag, 0)) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, STORE_LEVEL)) ||
	    ZSTD_isError(ZSTD_CCtx_refCDict(compressor, writer->dictionary ? writer->dictionary->digested : NULL))) {
		ZSTD_freeCCtx(compressor);
		writer->compressor = NULL;
		return err_memory(err, "compress text");
	}
	return 0;
}

size_t store_frame_end(struct span text)
{
	const char *newline;

	if (text.n < STORE_FRAME_LEAST)
		return 0;
	if (text.n <= STORE_FRAME_MOST)
		return text.n;
	/* from the first byte that may be its last */
	newline = memchr(text.p + STORE_FRAME - 1, '\n', text.n - (STORE_FRAME - 1));
	return newline ? (size_t)(newline - text.p) + 1 : text.n;
}

int store_add_frame(struct store_writer *writer, struct span text, struct err *err)
{
	size_t bound;
	size_t n;
	char *to;

	buf_reset(&writer->recoded);
	store_dictionary_recode(writer->dictionary, text, &writer->recoded);
	bound = ZSTD_compressBound(writer->recoded.n);
	to = buf_reserve(&writer->frames, bound);
	store_index_add(&writer->index, writer->offset, writer->frames.n);
	if (!to || writer->recoded.failed || writer->index.failed)
		return err_memory(err, "compress text");
	if (!writer->compressor && start_compressor(writer, err) < 0)
		return -1;
	n = ZSTD_compress2(writer->compressor, to, bound, writer->recoded.data, writer->recoded.n);
	if (ZSTD_isError(n))
		return err_memory(err, "compress text");
	writer->frames.n += n;
	writer->offset += text.n;
	return 0;
}

void store_writer_reset(struct store_writer *writer)
{
	buf_reset(&writer->frames);
	buf_reset(&writer->index);
	writer->offset = 0;
}

void store_writer_release(struct store_writer *writer)
{
	buf_release(&writer->recoded);
	buf_release(&writer->frames);
	buf_release(&writer->index);
	ZSTD_freeCCtx(writer->compressor);
	writer->compressor = NULL;
}

void store_index_add(struct buf *index, uint64_t text_offset, uint64_t frame_offset)
{
	buf_add_u64(index, text_offset);
	buf_add_u64(index, frame_offset);
}

void store_index_encode(struct buf *out, const struct buf *index)
{
	const unsigned char *p = (const unsigned char *)index->data;
	uint64_t text = 0;
	uint64_t frame = 0;

	out->failed |= index->failed;
	for (size_t i = 0; i < index->n / STORE_INDEX_BYTES; i++, p += STORE_INDEX_BYTES) {
		if (i % STORE_INDEX_GROUP == 0) {
			text = load_u64(p);
			frame = load_u64(p + 8);
			buf_add_u64(out, text);
			buf_add_u64(out, frame);
		}
		buf_add_u32(out, (uint32_t)(load_u64(p) - text));
		buf_add_u32(out, (uint32_t)(load_u64(p + 8) - frame));
	}
}
