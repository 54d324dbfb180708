/* Goroutine states: which are a reason to wait, which a goroutine only passes
 * through. */
#ifndef MODEL_STATES_H
#define MODEL_STATES_H

#include "base/text.h"

/* What signatures say for every state a goroutine only passes through. */
#define STATE_ACTIVE "active"

/* True for running, runnable, preempted, copystack and the like. */
bool state_is_passing(struct grl_text state);

/* True for states that nothing can end: nil channels, select without cases. */
bool state_is_forever(struct grl_text state);

#endif
