/* The snapshots of a history whose times can be believed. */
#ifndef STORE_RECORDED_H
#define STORE_RECORDED_H

#include "store/history.h"

/*
 * Show V, as history_read() does, the snapshots of INSTANCE that lead to the
 * one recorded last: as many as can be whose times do not fall from each to the
 * one recorded after it.
 */
enum grl_status recorded_read(sqlite3 *db, const char *instance, size_t most,
                              const struct history_visit *v,
                              struct grl_clock *clock, struct grl_error *err);

#endif
