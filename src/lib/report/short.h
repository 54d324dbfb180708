/*
 * Long import paths made short without ambiguity: within one report two
 * packages never look the same.  "github.com/acme/shop/cart.(*Cart).Add" is
 * "cart.(*Cart).Add", or "shop/cart.(*Cart).Add" beside another package cart.
 */
#ifndef REPORT_SHORT_H
#define REPORT_SHORT_H

#include "base/arena.h"

struct short_entry;

/* Zero-initialise. */
struct shortener {
    struct arena arena;
    struct short_entry *table; /* by ending of an import path */
    uint64_t seed;
};

/* Take note of F, which may be NULL.  False when out of memory. */
bool short_note(struct shortener *s, const struct grl_frame *f);

/* The end of f->function to print; all frames of the report were noted. */
struct grl_text short_name(const struct shortener *s,
                           const struct grl_frame *f);

void short_free(struct shortener *s);

#endif
