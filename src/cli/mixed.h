/* Two processes that are recorded under one name. */
#ifndef CLI_MIXED_H
#define CLI_MIXED_H

#include "settings.h"

/* Are the newest snapshots of INSTANCE of two processes?  One that comes but
 * now and then takes more of them, and shows when the series is judged. */
bool mixed_is(struct grl_history *h, const char *instance);

/* What the history of S has of INSTANCE is of two processes. */
void mixed_complain(const struct settings *s, const char *instance);

#endif
