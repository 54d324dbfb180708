/* The memory of a process beside its goroutines. */
#ifndef REPORT_MEMORY_H
#define REPORT_MEMORY_H

#include "report/page.h"

/*
 * "memory 24 MiB -> 436 MiB ..." and how much of what it grew are the stacks of
 * goroutines: from the first dump of the last run to the last, of those with
 * memory.  Nothing where fewer than two have it, or of several processes.
 */
void memory_lines(struct page *p, const struct grl_dumps *d,
                  const struct grl_trend *t);

#endif
