/* The text of a simulated process's dumps, as debug=2 prints them. */
#ifndef EVALUATE_DUMP_H
#define EVALUATE_DUMP_H

#include "series.h"

enum { KINDS = RUNS_MOST * 2 }; /* signatures of a site: build, active */

/* What the dumps of a series show. */
struct shown {
    size_t dumps;
    uint32_t *counts; /* [site][kind][dump] */
    bool cut[DUMPS_MOST];
};

/* Called with each dump in order. */
typedef void dump_fn(void *user, size_t dump, const char *text, size_t bytes);

/* Hand out ids, write every dump and note in S->all what they show. */
void dumps_write(struct series *s, struct shown *shown, dump_fn *fn,
                 void *user);
const uint32_t *shown_counts(const struct shown *shown, size_t site,
                             size_t kind);
void shown_free(struct shown *shown);

#endif
