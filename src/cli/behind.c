#include "behind.h"

#include "keeping.h"
#include "message.h"

bool behind_is(const struct settings *s, const struct grl_dumps *taken,
               const struct grl_dumps *series)
{
    enum { LITTLE = 60 }; /* seconds that the clocks of two hosts may differ */
    size_t last = grl_dumps_count(series) - 1;
    int64_t newest = grl_dumps_get(series, last)->time - LITTLE;

    for (size_t i = 0; i < grl_dumps_count(taken); i++)
        if (keeping_time(s, grl_dumps_get(taken, i)) >= newest)
            return false;
    return true;
}

void behind_complain(const struct settings *s)
{
    complain("%s: what came is older than the newest snapshot of '%s', as "
             "after a clock was set back; it is kept, and judged when a newer "
             "one comes",
             s->history, s->instance);
}
