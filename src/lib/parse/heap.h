/*
 * Go's heap profile in text, heap?debug=1: "heap profile: 6: 1974848
 * [6: 1974848] @ heap/1048576", a record for each stack that allocated, and
 * runtime.MemStats below.
 */
#ifndef PARSE_HEAP_H
#define PARSE_HEAP_H

#include "base/text.h"

/* Zero outside of one. */
struct heap {
    uint64_t rate; /* one sample in so many bytes, MemProfileRate; at least 1 */
    struct grl_memory memory;
    unsigned seen; /* which of its members */
};

/* Is LINE the first of one?  Allocators of other languages
 * write a similar line. */
bool heap_begins(struct heap *h, struct grl_text line);

/*
 * "1: 512 [2: 1024] @ 0x43a356": *BYTES are in use, as many as the samples
 * stand for: b / (1 - exp(-mean / rate)), as runtime/pprof scales them in its
 * protobuf (scaleHeapSample); at most LIMIT_RECORD_BYTES.
 */
bool heap_record(const struct heap *h, struct grl_text line, uint64_t *bytes);

/* "# HeapInuse = 3727360": takes what there is of memory.  True for such a
 * line. */
bool heap_memory(struct heap *h, struct grl_text line);

/* All of H's memory was there. */
bool heap_is_whole(const struct heap *h);

#endif
