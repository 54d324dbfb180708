/*
 * Where a series is cut: the process was restarted between two dumps.
 *
 * Go never reuses a goroutine id and hands them out upwards, so after a
 * restart ids begin anew.  The largest id alone may also fall because the
 * youngest goroutines ended; then the older ones are still there.
 */
#ifndef ANALYSE_RESTART_H
#define ANALYSE_RESTART_H

#include "analyse/series.h"

/*
 * True when dumps of several processes alternate: what a dump shows is gone in
 * the next segment and back in a later one.  *FIRST and *OTHER are two dumps of
 * different processes.
 */
bool restart_is_mixed(const struct series *s, size_t *first, size_t *other);

/* Fill s->segments, which holds one entry more than there are dumps. */
enum grl_status restart_find(struct series *s);

#endif
