/* How the sites of a process start goroutines, and how these end. */
#ifndef EVALUATE_MECHANISM_H
#define EVALUATE_MECHANISM_H

#include "series.h"

/* Choose the parameters of SITE, whose behaviour is set. */
void mechanism_draw(struct series *s, struct site *site);

/* Append to s->all the goroutines that SITE starts in run RUN. */
void mechanism_run(struct series *s, const struct site *site, size_t run);

#endif
