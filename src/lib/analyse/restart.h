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

/* Fill s->segments, which holds one entry more than there are dumps. */
enum grl_status restart_find(struct series *s);

#endif
