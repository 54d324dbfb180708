/* Which snapshots of a process are read, and in which order: of many the last
 * ones and some of those before, MOST at most. */
#ifndef STORE_CHOOSE_H
#define STORE_CHOOSE_H

#include "store/history.h"

/* Show V the snapshots of INSTANCE by their times, oldest first. */
enum grl_status choose_by_time(sqlite3 *db, const char *instance, size_t most,
                               const struct history_visit *v,
                               struct grl_error *err);

/*
 * Show V those that lead to the one recorded last: as many as can be whose
 * times do not fall from each to the one recorded after it.
 */
enum grl_status choose_as_recorded(sqlite3 *db, const char *instance,
                                   size_t most, const struct history_visit *v,
                                   struct grl_clock *clock,
                                   struct grl_error *err);

#endif
