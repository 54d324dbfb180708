/*
 * What is true of each site, and whether the dumps can show it at all.
 *
 * The rules are in docs/EVALUATION.md, "Ambiguous".
 */
#ifndef EVALUATE_TRUTH_H
#define EVALUATE_TRUTH_H

#include "dump.h"

enum ambiguity {
    CLEAR,
    LEAK_UNSEEN,  /* leaked goroutines came in too few steps */
    LEAK_FAINT,   /* they are too few for any test */
    LEAK_QUIET,   /* it leaked nothing for long: looks finished */
    LOOKS_LEAKED, /* healthy, but only came and still come at the end */
    AMBIGUITIES
};

const char *ambiguity_name(enum ambiguity a);

/* One entry per site into OUT; the dumps were written. */
void truth_of(const struct series *s, const struct shown *shown,
              enum ambiguity *out);

#endif
