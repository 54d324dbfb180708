/* What the fuzz targets share: checks that no build leaves out, and choices
 * taken off the front of an input. */
#ifndef FUZZ_CHECK_H
#define FUZZ_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define CHECK(what) ((what) ? (void)0 : check_failed(#what, __FILE__, __LINE__))

static inline void check_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    abort();
}

/* Bytes to choose by; once they are used up every choice is 0. */
struct choices {
    const uint8_t *at;
    size_t left;
};

static inline unsigned choose(struct choices *c, unsigned among)
{
    if (c->left == 0)
        return 0;
    c->left--;
    return *c->at++ % among;
}

static inline bool yes(struct choices *c)
{
    return choose(c, 2) == 1;
}

/* A number of up to BYTES bytes. */
static inline uint64_t number(struct choices *c, unsigned bytes)
{
    uint64_t n = 0;

    for (unsigned i = choose(c, bytes + 1); i > 0; i--)
        n = n << 8 | choose(c, 256);
    return n;
}

/* Sizes of pieces to cut an input into: mostly a few bytes, now and then many.
 * The first bytes of the input decide. */
struct cutter {
    uint32_t state;
};

static inline struct cutter cutter_of(const uint8_t *bytes, size_t len)
{
    struct cutter c = {12345};

    for (size_t i = 0; i < len && i < 8; i++)
        c.state = c.state * 31 + bytes[i];
    return c;
}

static inline size_t cut(struct cutter *c, size_t left)
{
    size_t size = 0;

    c->state = c->state * 1664525u + 1013904223u;
    size = 1 + (c->state >> 16) % ((c->state >> 28) == 0 ? 5000 : 24);
    return size < left ? size : left;
}

#endif
