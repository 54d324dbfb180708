/* News for other programs. */
#ifndef CLI_NOTIFY_H
#define CLI_NOTIFY_H

#include "settings.h"

/* Run s->notify for the piece of news N.  False when it cannot be run or fails,
 * which was complained of. */
bool notify(const struct settings *s, const struct grl_news *n);

#endif
