/*
 * Who created whom within one dump, and so which test a goroutine comes from:
 * "in goroutine N" leads to the goroutine of a test that still runs, and
 * functions of _test.go files name theirs.
 */
#ifndef MODEL_LINEAGE_H
#define MODEL_LINEAGE_H

#include "base/strings.h"

/* Zero-initialise; free with lineage_free(). */
struct lineage {
    struct descent {
        uint64_t id;
        uint64_t parent;  /* or 0 */
        const char *test; /* that its own frames name, interned; or NULL */
    } * list;             /* 24 bytes a goroutine */
    size_t count;
    size_t capacity;
    bool sorted;
};

/* Take note of G.  False when out of memory. */
bool lineage_add(struct lineage *l, const struct grl_goroutine *g,
                 struct strings *names);

/* The test that goroutine ID or its nearest ancestor is of, as
 * "example.com/cart.TestAdd"; NULL when that is not known. */
const char *lineage_test(struct lineage *l, uint64_t id);

void lineage_free(struct lineage *l);

#endif
