/* Which of two groups a reader should see first. */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include "model/tally.h"

/* Of two with one count the one whose longest wait is longer, as leaks are old;
 * then one that waits before one that is at work, as the goroutine that took
 * the dump is; then by signature.  Below 0 when that is A. */
int order_ties(const struct grl_cluster *a, const struct grl_cluster *b);

/* Put COUNT frozen tallies in order, the largest first. */
void order_tallies(struct tally **list, size_t count);

#endif
