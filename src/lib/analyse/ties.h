/* Which of two groups with one count a reader should see first. */
#ifndef ANALYSE_TIES_H
#define ANALYSE_TIES_H

#include "model/snapshot.h"

/* The one whose longest wait is longer, as leaks are old; then one that waits
 * before one that is at work, as the goroutine that took the dump is; then by
 * signature.  Below 0 when that is A. */
int ties_compare(const struct grl_cluster *a, const struct grl_cluster *b);

/* Put those of S that have one count in that order; S is frozen. */
void ties_sort(struct snapshot *s);

#endif
