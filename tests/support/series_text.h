/* Series of dumps written down as made_dump() has them. */
#ifndef SUPPORT_SERIES_TEXT_H
#define SUPPORT_SERIES_TEXT_H

#include "goroleak.h"

/* One dump for each of the COUNT lines at SPECS, in their order, with all
 * ids.  Free with grl_dumps_free(). */
struct grl_dumps *series_of(const char *const *specs, size_t count);

/* The cluster of function main.LETTER in dump I, or NULL. */
const struct grl_cluster *cluster_of(const struct grl_dumps *d, size_t i,
                                     char letter);

#endif
