/* News for other programs. */
#ifndef CLI_NOTIFY_H
#define CLI_NOTIFY_H

#include "settings.h"

/* Run s->notify for each piece of NEWS.  False when it cannot be run or fails,
 * which was complained of. */
bool notify_all(const struct settings *s, const struct grl_news *news,
                size_t count);

#endif
