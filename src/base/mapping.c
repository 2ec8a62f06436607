#include "mapping.h"

#include <sys/mman.h>

int mapping_open(struct mapping *mapping, const struct io *io, int fd, const char *path, struct err *err)
{
	struct stat st;
	void *address;

	*mapping = (struct mapping){0};
	if (io->fstat(fd, &st) < 0)
		return err_system(err, path, "look at");
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_FOREIGN, "%s: not a regular file", path);
	if (st.st_size <= MAPPING_COPY) {
		if (io_read_all(io, fd, path, MAPPING_COPY, &mapping->copy, err) < 0)
			return -1;
		mapping->bytes = buf_span(&mapping->copy);
		return 0;
	}
	address = io->map((size_t)st.st_size, fd);
	if (address == MAP_FAILED)
		return err_system(err, path, "map");
	mapping->bytes = (struct span){address, (size_t)st.st_size};
	return 0;
}

void mapping_release(struct mapping *mapping, const struct io *io)
{
	if (mapping->bytes.p && !mapping->copy.data)
		io->unmap((void *)mapping->bytes.p, mapping->bytes.n);
	buf_release(&mapping->copy);
	*mapping = (struct mapping){0};
}
