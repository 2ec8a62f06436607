#!/usr/bin/env python3
"""Reads an index of kbsearch, every byte of it, as kbsearch-index(5) describes it: written from that page alone.

usage: read.py INDEX            lists documents, sections, terms and postings, one a line
       read.py --sums INDEX     the name and XXH3 (or, without libxxhash, CRC-32) of each chunk

Needs the standard library and libzstd.so.1; libxxhash.so.0, where it is, for the checksums. Exits with 1 and a line on
stderr for bytes that the page says are to be refused.
"""
import ctypes
import os
import struct
import sys
import zlib

MAGIC = bytes.fromhex("934B42530D0A1A0A")
PAGE = 4096
FIELDS = ["body", "code", "heading", "question", "lead", "above", "name"]
CHANNELS = len(FIELDS) + 1  # Han characters
STRONG = 1 << 2 | 1 << 3 | 1 << 4
SEGMENT = "TEXT TXIX DICT CHAR HEAD SECT SCIX BARE DOCS COPY PROP LENS PATT WPOS WLEX WLIX GPOS GLEX GLIX UPOS ULEX ULIX META".split()


class Damaged(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Damaged(what)


def ceil(a, b):
    return -(-a // b)


def load(name):
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


# --- XXH3 and Zstandard

class Canonical(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


XXHASH = load("libxxhash.so.0")
if XXHASH:
    XXHASH.XXH3_64bits.restype = ctypes.c_uint64
    XXHASH.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    XXHASH.XXH3_128bits.restype = Canonical
    XXHASH.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def sum64(data):
    return XXHASH.XXH3_64bits(data, len(data))


def sum32(data):
    return sum64(data) & 0xFFFFFFFF


def sum128(data):
    both = XXHASH.XXH3_128bits(data, len(data))
    return struct.pack(">QQ", both.high, both.low)


class Frames:
    """Magicless frames of Zstandard that share a dictionary."""
    FORMAT, MAGICLESS = 1000, 1  # ZSTD_d_format, ZSTD_f_zstd1_magicless

    def __init__(self, dictionary):
        self.zstd = load("libzstd.so.1")
        if not self.zstd:
            sys.exit("read.py: libzstd.so.1 is missing")
        for name in ("ZSTD_DCtx_setParameter", "ZSTD_DCtx_loadDictionary", "ZSTD_decompressDCtx"):
            getattr(self.zstd, name).restype = ctypes.c_size_t
        self.zstd.ZSTD_createDCtx.restype = ctypes.c_void_p
        self.context = ctypes.c_void_p(self.zstd.ZSTD_createDCtx())
        self.zstd.ZSTD_DCtx_setParameter(self.context, self.FORMAT, self.MAGICLESS)
        if dictionary:
            need(dictionary[:4] == bytes.fromhex("37A430EC"), "DICT is no dictionary")
            status = self.zstd.ZSTD_DCtx_loadDictionary(self.context, dictionary, ctypes.c_size_t(len(dictionary)))
            need(not self.zstd.ZSTD_isError(ctypes.c_size_t(status)), "DICT")

    def read(self, frame, room):
        to = ctypes.create_string_buffer(room + 1)
        n = self.zstd.ZSTD_decompressDCtx(self.context, to, ctypes.c_size_t(room), frame, ctypes.c_size_t(len(frame)))
        need(not self.zstd.ZSTD_isError(ctypes.c_size_t(n)), "a frame does not decompress")
        return to.raw[:n]


# --- data types

class Reader:
    """Bytes with an end."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def left(self):
        return len(self.data) - self.at

    def take(self, n):
        need(n <= self.left(), "bytes that end early")
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, code):
        return struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]

    def u8(self):
        return self.take(1)[0]

    def varint(self, bits=32):
        value, shift = 0, 0
        while True:
            need(shift < 70, "a varint of more than ten bytes")
            byte = self.u8()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        need(byte or not shift, "a varint that is not the shortest")
        need(value < 1 << bits, "a varint above its bits")
        return value

    def text(self):
        return self.take(self.varint(64))

    def end(self, what):
        need(not self.left(), f"bytes after {what}")


class Bits:
    """The lowest bit of each byte first."""

    def __init__(self, data):
        self.value, self.size, self.at = int.from_bytes(data, "little"), 8 * len(data), 0

    def take(self, width):
        need(width <= self.size - self.at, "bits that end early")
        self.at += width
        return self.value >> (self.at - width) & ((1 << width) - 1)

    def unary(self):
        rest = self.value >> self.at
        need(rest, "a unary number that does not end")
        zeros = (rest & -rest).bit_length() - 1
        self.at += zeros + 1
        return zeros

    def end(self):
        """Where the next byte is."""
        need(not self.at % 8 or not self.take(8 - self.at % 8), "bits that are not 0 before a byte ends")
        return self.at // 8


def offsets(data, count, end, what):
    """A u32 for each of `count` and the end, which they reach without falling."""
    need(len(data) == 4 * (count + 1), f"size of {what}")
    numbers = struct.unpack(f"<{count + 1}I", data)
    need(numbers[0] == 0 and list(numbers) == sorted(numbers), f"order of {what}")
    need(end is None or numbers[-1] == end, f"end of {what}")
    return numbers


# --- containers

class Container:
    def __init__(self, data, kind, names):
        n = len(data)
        need(n >= 80 and data[:8] == MAGIC and data[8:12] == kind, f"no container of kind {kind.decode()}")
        need(data[12:16] == struct.pack("<I", 1), "another version")
        tail = Reader(data[n - 64:])
        required, _, count, zero, sums, length = (tail.number(c) for c in "IIIIQQ")
        self.id = tail.take(16)
        self.data, self.sums = data, sums
        need(not required, "a feature that is not known")
        need(not zero and length == n and 16 <= sums <= n and count <= 32, "tail")
        pages = ceil(sums, PAGE)
        roots = sums + 4 * pages
        table = roots + 4 * ceil(pages, PAGE // 4)
        need(table + 24 * count + 64 == n, "parts that do not fill the file")
        if XXHASH:
            self.check_sums(roots, table, tail)
        self.read_table(Reader(data[table:n - 64]), count)
        need(list(self.chunks) == names, f"chunks {' '.join(self.chunks)}")

    def check_sums(self, roots, table, tail):
        data, n = self.data, len(self.data)
        need(tail.number("Q") == sum64(data[roots:n - 16]), "sum of the tail")
        need(tail.number("Q") == sum64(data[:n - 8]), "sum of the file")
        need(self.id == sum128(data[self.sums:roots]), "id")
        for start, end, at in ((0, self.sums, self.sums), (self.sums, roots, roots)):
            for i in range(ceil(end - start, PAGE)):
                page = data[start + i * PAGE:min(end, start + (i + 1) * PAGE)]
                need(struct.pack("<I", sum32(page)) == data[at + 4 * i:at + 4 * i + 4], f"sum of page {i}")

    def read_table(self, c, count):
        at = 16
        self.chunks = {}
        for _ in range(count):
            name, zero, offset, length = c.take(4).decode("ascii"), c.number("I"), c.number("Q"), c.number("Q")
            need(not zero and offset == at and length <= self.sums - at and name not in self.chunks, "table of chunks")
            self.chunks[name] = self.data[at:at + length]
            at += length
        need(at == self.sums, "chunks that do not end where the sums begin")


# --- the manifest

class Manifest:
    def __init__(self, data):
        self.container = Container(data, b"MANI", ["INFO", "DOCS", "DCIX"])
        chunks = self.container.chunks
        c = Reader(chunks["INFO"])
        self.generation, self.built = c.number("Q"), c.number("q")
        self.fingerprint = c.take(16)
        count, missing = c.number("I"), c.number("I")
        self.roots = [(c.text(), c.u8()) for _ in range(c.varint(64))]
        self.globs = [c.text() for _ in range(c.varint(64))]
        self.segments = [(c.text(), c.take(16), c.number("I")) for _ in range(c.varint(64))]
        c.end("INFO")
        self.documents = []
        places = offsets(chunks["DCIX"], ceil(count, 16), len(chunks["DOCS"]), "DCIX")
        for i, (start, end) in enumerate(zip(places, places[1:])):
            self.read_group(Reader(chunks["DOCS"][start:end]), min(16, count - 16 * i))
        need(missing == sum(d["state"] != 0 for d in self.documents), "documents that are missing")
        for name, _, _ in self.segments:
            need(name.startswith(b"seg-") and b"/" not in name and b"\0" not in name, "name of a segment")

    def read_group(self, c, count):
        path, time = b"", 0
        for _ in range(count):
            place, shared = c.varint(64), c.varint(64)
            need(place // 4 < len(self.roots) and place % 4 < 3 and shared <= len(path), "a document")
            path = path[:shared] + c.text()
            size, difference = c.varint(64), c.varint(64)
            difference = -1 - difference // 2 if difference % 2 else difference // 2
            time = (time + difference + (1 << 63)) % (1 << 64) - (1 << 63)
            self.documents.append({"root": place // 4, "state": place % 4, "path": path, "size": size, "mtime_ns": time,
                                   "hash": c.number("Q")})
        c.end("a group of documents")


# --- segments

class Segment:
    def __init__(self, data):
        self.container = Container(data, b"SEGM", SEGMENT)
        self.chunks = self.container.chunks
        self.read_meta()
        self.read_text()
        self.read_documents()
        self.read_sections()
        self.read_copies()
        self.read_properties()
        self.read_lengths()
        self.terms = {layer: list(self.read_layer(layer, i)) for i, layer in enumerate("WGU")}

    def read_meta(self):
        c = Reader(self.chunks["META"])
        self.fingerprint = c.take(16)
        self.section_count, self.document_count = c.number("I"), c.number("I")
        self.term_counts = [c.number("Q") for _ in range(3)]
        self.text_bytes = c.number("Q")
        self.length_sums = [c.number("Q") for _ in range(CHANNELS)]
        self.length_counts = [c.number("I") for _ in range(CHANNELS)]
        c.end("META")

    # source text

    def read_characters(self):
        numbers = struct.unpack(f"<{len(self.chunks['CHAR']) // 2}H", self.chunks["CHAR"])
        need(len(self.chunks["CHAR"]) % 2 == 0 and len(numbers) <= 16896, "size of CHAR")
        need(all(n >= 0x800 and not 0xD800 <= n <= 0xDFFF for n in numbers), "a character of CHAR")
        return [chr(n).encode() for n in numbers]

    def plain(self, recoded):
        if not self.characters:
            return recoded
        c, out = Reader(recoded), []
        while c.left():
            first = c.u8()
            if first < 0x80:
                out.append(bytes([first]))
            elif first < 0xC2:
                number = (first - 0x80) * 256 + c.u8()
                need(number < len(self.characters), "a character that CHAR has not")
                out.append(self.characters[number])
            elif first <= 0xF4:
                out.append(bytes([first]) + c.take(1 if first < 0xE0 else 2 if first < 0xF0 else 3))
            else:
                need(first == 0xFF, "no recoded text")
                out.append(c.take(1))
        return b"".join(out)

    def read_places(self):
        data, places = self.chunks["TXIX"], []
        need(data and len(data) % 272 % 8 == 0 and len(data) % 272 != 16, "size of TXIX")
        for start in range(0, len(data), 272):
            c = Reader(data[start:start + 272])
            text, frame = c.number("Q"), c.number("Q")
            while c.left():
                places.append((text + c.number("I"), frame + c.number("I")))
        need(places[0] == (0, 0) and places[-1] == (self.text_bytes, len(self.chunks["TEXT"])), "ends of TXIX")
        return places

    def read_text(self):
        self.characters = self.read_characters()
        places, frames = self.read_places(), Frames(self.chunks["DICT"])
        self.frame_starts, texts = [p[0] for p in places], []
        for (text, frame), (text_end, frame_end) in zip(places, places[1:]):
            size = text_end - text
            need(0 < size <= 68157440 and frame <= frame_end and size < 49152 * (frame_end - frame + 1), "a place of TXIX")
            texts.append(self.plain(frames.read(self.chunks["TEXT"][frame:frame_end], size * (2 if self.characters else 1))))
            need(len(texts[-1]) == size, "a frame of another size")
        self.text = b"".join(texts)

    # sections

    def read_documents(self):
        self.document_first = offsets(self.chunks["DOCS"], self.document_count, self.section_count, "DOCS")
        self.document_of = [d for d in range(self.document_count)
                            for _ in range(self.document_first[d], self.document_first[d + 1])]

    def read_heads(self):
        """Heads by their offset."""
        c, heads = Reader(self.chunks["HEAD"]), {}
        while c.left():
            at = c.at
            heads[at] = self.plain(c.text()), self.plain(c.text())
        return heads

    def read_sections(self):
        data, heads = self.chunks["SECT"], self.read_heads()
        places = offsets(self.chunks["SCIX"], ceil(self.section_count, 16), None, "SCIX")
        last = Reader(data[places[-1]:])
        self.sections, self.highest, self.text_end = [], 0, 0
        need(last.varint(64) == self.text_bytes, "end of SECT")
        last.end("SECT")
        for start, end in zip(places, places[1:]):
            self.read_group(Reader(data[start:end]))
        need(len(self.sections) == self.section_count and self.text_end == self.text_bytes, "texts of sections")
        need({s["head"] for s in self.sections} == set(heads), "heads that are nobody's, or none")
        for s in self.sections:
            s["heading"], s["question"] = heads[s["head"]]
        bare = Bits(self.chunks["BARE"])
        need(bare.size == 8 * ceil(self.section_count, 8), "size of BARE")
        need(all(bare.take(1) == (s["flags"] != 0) for s in self.sections), "BARE differs from the flags")
        bare.end()

    def read_group(self, c):
        n = len(self.sections)
        need(c.varint(64) == self.text_end and c.varint(64) == self.highest, "start of a group")
        need(c.varint() == self.document_of[n], "document of a group")
        for number in range(n, min(n + 16, self.section_count)):
            self.sections.append(self.read_record(c, number, number == n))
        c.end("a group of sections")

    def read_record(self, c, number, starts_group):
        document = self.document_of[number]
        first = self.document_first[document]
        header, size, head, parent, lines = c.u8(), c.varint(), c.varint(64), c.varint(), c.varint()
        level, gap = header & 7, header >> 5 & 3
        flags = c.varint() if header & 8 else 0
        occurrence = c.varint() if header & 16 else 0
        gap += c.varint() if gap == 3 else 0
        line = c.varint() if header & 128 else 1 if number == first else 0 if starts_group else (
            self.sections[-1]["line_end"] + 1)
        need(level <= 6 and flags < 1 << 16 and line + gap + lines < 1 << 32, "level, flags or lines")
        need(parent <= number - first, "a parent of another document")
        parent = number - parent if parent else None
        need(parent is None or self.sections[parent]["level"] < level, "level of a parent")
        start, self.text_end = self.text_end, self.text_end + size
        need(self.text_end <= self.text_bytes, "a text past all text")
        head = self.highest - head // 2 if head % 2 else self.highest + head // 2
        self.highest = max(head, self.highest)
        self.check_lines(number, line, line + gap, line + gap + lines, self.text[start:self.text_end])
        return {"document": document, "start": start, "end": self.text_end, "head": head, "parent": parent, "level": level,
                "flags": flags, "occurrence": occurrence, "line_first": line, "line_start": line + gap,
                "line_end": line + gap + lines}

    def check_lines(self, number, first, start, last, text):
        starts_document = number == self.document_first[self.document_of[number]]
        need(first == (1 if starts_document else self.next_line), "first line")
        self.next_line = first + text.count(b"\n")
        need(start <= last <= self.next_line - text.endswith(b"\n"), "lines that are not the text's")

    def read_copies(self):
        """The sections of each text that is there more than once."""
        c, after = Reader(self.chunks["COPY"]), {}
        while c.left():
            section, after[section] = c.number("I"), c.number("I")
        need(list(after) == sorted(after) and all(s < self.section_count for s in after), "order of COPY")
        self.copies, left = [], dict(after)
        while left:
            first, ring = min(left), []
            while not ring or ring[-1] != first:
                ring.append(after.get(ring[-1] if ring else first))
                need(ring[-1] in left, "a ring of COPY")
                del left[ring[-1]]
            ring = ring[-1:] + ring[:-1]
            need(len(ring) > 1 and ring == sorted(ring), "a ring of COPY that does not rise")
            self.copies.append(ring)

    def read_properties(self):
        """The documents of each key and value of front matter."""
        self.properties = {}
        for key, values in self.pairs(self.chunks["PROP"]):
            for value, documents in self.pairs(values):
                c, numbers = Reader(documents), []
                while c.left():
                    numbers.append(c.varint() + (numbers[-1] + 1 if numbers else 0))
                need(numbers[-1] < self.document_count, "a document of PROP")
                self.properties[key.decode(), value.decode()] = numbers

    def pairs(self, data):
        c, before = Reader(data), b""
        while c.left():
            text, below = c.text(), c.text()
            need(before < text and below, "order of PROP")
            before = text
            yield text, below

    def read_lengths(self):
        data = self.chunks["LENS"]
        need(len(data) == CHANNELS * self.section_count, "size of LENS")
        for i, section in enumerate(self.sections):
            section["lengths"] = data[CHANNELS * i:CHANNELS * (i + 1)]
        for k in range(CHANNELS):
            filled = sum(s["lengths"][k] > 0 for s in self.sections)
            need(filled == self.length_counts[k], "sections of a channel")
            low = sum(length_of(s["lengths"][k]) for s in self.sections)
            need(low <= self.length_sums[k] <= low * 17 // 16 + 1 or any(s["lengths"][k] == 255 for s in self.sections),
                 "sum of a channel")
        data = self.chunks["PATT"]
        need(len(data) % 8 == 0, "size of PATT")
        self.patterns = [data[i:i + 8] for i in range(0, len(data), 8)]
        for p in self.patterns:
            need(p[7] and p[7] == sum((p[f] != 0) << f for f in range(7)), "a pattern")

    # layers

    def read_layer(self, layer, number):
        """Terms in order: (term, [(number, value)])."""
        leaves, index = self.chunks[layer + "LEX"], self.chunks[layer + "LIX"]
        need(len(index) % 12 == 0 and (not index) == (not leaves), f"size of {layer}LIX")
        starts = [struct.unpack_from("<I", index, i + 8)[0] for i in range(0, len(index), 12)] + [len(leaves)]
        need(starts[0] == 0 and all(a < b <= a + 8192 for a, b in zip(starts, starts[1:])), "order of leaves")
        place, before, count = 0, b"", 0
        for i, (start, end) in enumerate(zip(starts, starts[1:])):
            for term, postings, list_bytes in read_leaf(Reader(leaves[start:end]), place, index[12 * i:12 * i + 8]):
                need(term > before, "order of terms")
                before = term
                if list_bytes is not None:
                    data = self.chunks[layer + "POS"][place:place + list_bytes]
                    need(len(data) == list_bytes, "a list past its chunk")
                    place += list_bytes
                    postings = self.read_lists(data, postings, layer)
                count += 1
                self.check_postings(postings, layer)
                yield term, postings
        need(place == len(self.chunks[layer + "POS"]) and count == self.term_counts[number], f"end of {layer}POS")

    def limit(self, layer):
        return (len(self.frame_starts) - 1) // 6 + 1 if layer == "U" else self.section_count

    def read_lists(self, data, count, layer):
        if layer != "W":
            return read_list(data, count, self.limit(layer))[0]
        if count <= 128:
            return read_list(data, count, self.limit(layer))[0]
        c = Reader(data)
        strong_count, strong = c.varint(), c.text()
        weak = c.take(c.left())
        need(strong_count <= count and bool(strong) == (strong_count > 0) and bool(weak) == (strong_count < count), "two lists")
        merged = {}
        for part, n, wanted in ((strong, strong_count, True), (weak, count - strong_count, False)):
            if n:
                postings, impacts = read_list(part, n, self.limit(layer), words=True)
                self.check_impacts(postings, impacts)
                for section, pattern in postings:
                    need(bool(self.patterns[pattern][7] & STRONG) == wanted and section not in merged, "a strong posting")
                    merged[section] = pattern
        return sorted(merged.items())

    def check_impacts(self, postings, impacts):
        if not impacts:
            return
        for i, (section, pattern) in enumerate(postings):
            need(pattern < len(self.patterns), "number of a pattern")
            for bound in (impacts[0], impacts[1 + i // 128]):
                for field in range(7):
                    frequency = self.patterns[pattern][field]
                    length = self.sections[section]["lengths"][field]
                    need(not frequency or any(f >= frequency and n <= length for f, n in bound.get(field, [])), "an impact")

    def check_postings(self, postings, layer):
        for number, value in postings:
            need(number < self.limit(layer), "number of a posting")
            need(layer != "W" or value < len(self.patterns), "number of a pattern")
            need(layer != "U" or value == 0, "value of letters")


def length_of(code):
    return code if code < 32 else (16 + (code - 32) % 16) << ((code - 32) // 16 + 1)


def read_impacts(c):
    size = c.u8()
    c = Reader(c.take(size))
    fields, out = c.u8(), {}
    need(fields and fields < 128, "fields of impacts")
    for field in range(7):
        if fields >> field & 1:
            count = c.u8() if field == 0 else 1
            pairs = [(c.u8(), c.u8()) for _ in range(count)]
            need(1 <= count <= 3 and all(f for f, _ in pairs), "pairs of impacts")
            need(all(a < b and m < n for (a, m), (b, n) in zip(pairs, pairs[1:])), "order of impacts")
            out[field] = pairs
    c.end("impacts")
    return out


def read_block(data, count, first):
    need(0 < len(data) <= 2048, "size of a block")
    k, v = data[0] & 31, data[0] >> 5
    bits = Bits(data[1:])

    def stream(width):
        low = [bits.take(width) for _ in range(count)]
        return [bits.unary() << width | n for n in low]

    numbers = []
    for gap in stream(k):
        first += gap
        numbers.append(first)
        first += 1
    values = stream(v) if v != 7 else [0] * count
    c = Reader(data[1 + bits.end():])
    for i, value in enumerate(values):
        need(v == 7 or value >> v <= 14, "a quotient above that of an escape")
        if v != 7 and value >> v == 14:
            values[i] += c.varint() << v
            need(values[i] < 1 << 32, "a value")
    c.end("a block")
    return list(zip(numbers, values))


def read_list(data, count, limit, words=False):
    """Postings, and in lists of words the impacts: of the list, and of each block."""
    c, impacts, out = Reader(data), [], []
    if count == 1:
        out = [(c.varint(), c.varint())]
        c.end("a list")
    elif count <= 128:
        out = read_block(data, count, 0)
    else:
        impacts += [read_impacts(c)] if words else []
        table = [(c.number("I"), c.number("I")) for _ in range(ceil(count, 128))]
        blocks, start = c.take(c.left()), 0
        for i, (last, end) in enumerate(table):
            need(start < end <= len(blocks), "ends of blocks")
            block = Reader(blocks[start:end])
            impacts += [read_impacts(block)] if words else []
            out += read_block(block.take(block.left()), min(128, count - 128 * i), out[-1][0] + 1 if out else 0)
            need(out[-1][0] == last, "last number of a block")
            start = end
        need(start == len(blocks), "end of the blocks")
    need(out[-1][0] < limit, "a number above the limit")
    return out, impacts


def read_leaf(c, place, prefix):
    """(term, postings of a list of one or else how many, bytes of the list or None)"""
    groups, base = c.number("H"), c.number("Q")
    need(groups >= 1 and base == place, "head of a leaf")
    ends = [c.number("H") for _ in range(groups - 1)]
    data, start = c.take(c.left()), 0
    for i, end in enumerate(ends + [len(data)]):
        need(start < end <= len(data), "ends of groups")
        group, term, entries = Reader(data[start:end]), b"", 0
        start = end
        need(base + group.varint(64) == place, "first list of a group")
        while group.left():
            first, before = entries == 0, term
            term, shared, kind = read_term(group, term)
            need(not (first and shared), "a first term that shares")
            need(first or (before[:shared + 1] != term[:shared + 1]), "a term that could share more")
            if first and i == 0:
                need(term[:8].ljust(8, b"\0") == prefix[::-1], "first term of a leaf")
            entries += 1
            if kind < 2:
                yield term, [(group.varint(), group.varint() if kind == 0 else 0)], None
                continue
            size = group.u8() if kind == 2 else 0
            count = (size >> 4) + 2 if kind == 2 else group.varint()
            n = count + count // 2 + (size & 15) if kind == 2 else group.varint(64)
            need(count >= 2 and n >= ceil(count, 8) and place + n <= 1 << 40, "size of a list")
            place += n
            yield term, count, n
        need(0 < entries <= 16 and (entries == 16 or i == groups - 1), "entries of a group")


def read_term(c, before):
    header = c.u8()
    rest, shared, kind = header & 7, header >> 3 & 7, header >> 6
    shared += c.u8() if shared == 7 else 0
    rest = rest or 8 + c.u8()
    need(shared <= len(before) and shared + rest <= 255, "a term")
    return before[:shared] + c.take(rest), shared, kind


# --- an index

class Index:
    def __init__(self, directory):
        self.directory = directory
        with open(os.path.join(directory, "MANIFEST"), "rb") as f:
            self.manifest = Manifest(f.read())
        self.segments = []
        for name, identity, sections in self.manifest.segments:
            with open(os.path.join(os.fsencode(directory), name), "rb") as f:
                segment = Segment(f.read())
            need(identity == segment.container.id and sections == segment.section_count
                 and segment.fingerprint == self.manifest.fingerprint
                 and segment.document_count == len(self.manifest.documents), "a segment of another index")
            self.segments.append(segment)


def text_of_term(layer, term):
    return term.decode("utf-16-be" if layer == "G" else "utf-8", "backslashreplace")


def frequencies(pattern):
    return ",".join(f"{FIELDS[f]}*{pattern[f]}" for f in range(7) if pattern[f])


def show(index):
    manifest = index.manifest
    print("generation", manifest.generation, "fingerprint", manifest.fingerprint.hex(), "roots", manifest.roots, "globs", manifest.globs)
    for i, d in enumerate(manifest.documents):
        print("document", i, d["path"].decode(errors="backslashreplace"), "state", d["state"], "size", d["size"])
    for segment in index.segments:
        print("segment", "frames", len(segment.frame_starts) - 1, "text", segment.text_bytes, "patterns", len(segment.patterns))
        for i, s in enumerate(segment.sections):
            print("section", i, *(f"{k} {s[k]}" for k in ("document", "level", "flags", "occurrence", "parent", "start",
                  "line_first", "line_start", "line_end")), "lengths", *(length_of(n) for n in s["lengths"]),
                  s["heading"].decode(), "|", s["question"].decode())
        for layer, terms in segment.terms.items():
            for term, postings in terms:
                values = [f"{n}:{frequencies(segment.patterns[v])}" if layer == "W" else f"{n}:{v + 1}" if layer == "G" else n
                          for n, v in postings]
                print(layer, text_of_term(layer, term), *values)


def main(arguments):
    try:
        index = Index(arguments[-1])
    except (Damaged, OSError) as e:
        sys.exit(f"read.py: {arguments[-1]}: {e}")
    if arguments[0] != "--sums":
        show(index)
        return
    for segment in index.segments:
        for name, data in segment.chunks.items():
            print(name, len(data), f"{sum64(data) if XXHASH else zlib.crc32(data):x}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
