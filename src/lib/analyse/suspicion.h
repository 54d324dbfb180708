/*
 * What the waits of one dump tell.  A leak's goroutines blocked at every time
 * since the process began, so their waits lie evenly between little and much;
 * those of a pool bunch together.
 */
#ifndef ANALYSE_SUSPICION_H
#define ANALYSE_SUSPICION_H

#include "goroleak.h"

/* Enough of C's goroutines wait, long enough, and evenly. */
bool suspicion_waits_spread(const struct grl_cluster *c);

/* Nothing can ever wake C's goroutines; main may sleep for ever on purpose. */
bool suspicion_is_forever(const struct grl_cluster *c);

#endif
