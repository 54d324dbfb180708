/*
 * Dumps written down shortly: "M1 A2-9 B20,21" is a dump with goroutine 1 in
 * main.M, goroutines 2 to 9 in main.A, and 20 and 21 in main.B.
 */
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
