/*
 * How long the goroutines of one signature stay.
 *
 * Ids never repeat in a process, so each goroutine's stay is known: from the
 * first to the last dump that shows it.  One that dumps a while apart show has
 * settled; requests in flight hardly ever do.
 */
#ifndef ANALYSE_STAYS_H
#define ANALYSE_STAYS_H

#include "analyse/series.h"

/* What one sample shows of a signature.  "The end" is that of its segment. */
struct stay {
    uint64_t seen;    /* goroutines */
    uint64_t came;    /* seen here first */
    uint64_t alive;   /* of those, there at the end */
    uint64_t settled; /* of those that came, settled */
    uint64_t stayed;  /* of those, there at the end: it settled and stayed */
    uint64_t left;    /* settled ones that are seen here last and then gone */
};

/* Scratch for many rows. */
struct stays {
    struct stay *at; /* by place in the series' samples */
    struct sighting *list;
    size_t count;
    size_t capacity;
};

/* Free with stays_free() in any case.  GRL_ENOMEM. */
enum grl_status stays_init(struct stays *t, const struct series *s);

/* Fill t->at for ROW.  GRL_ENOMEM. */
enum grl_status stays_measure(struct stays *t, const struct series *s,
                              size_t row);

void stays_free(struct stays *t);

#endif
