/*
 * One stack in two builds: between restarts a process may have been built
 * anew, which shifts lines and renumbers closures (func2 becomes func3).
 * Signatures that differ in nothing else, and never show in one segment
 * together, are one row of the series.
 */
#ifndef ANALYSE_JOIN_H
#define ANALYSE_JOIN_H

#include "analyse/series.h"
#include "base/xxh.h"

/* What builds leave of a stack: state, functions without the numbers of their
 * closures, creator. */
XXH128_hash_t join_family(const struct stack *stack);

/* Number the rows of S anew, into ROWS, which holds s->row_count, by stack
 * index; returns in *COUNT how many there are.  GRL_ENOMEM. */
enum grl_status join_builds(const struct series *s, size_t *rows,
                            size_t *count);

#endif
