#include "behind.h"

#include "keeping.h"
#include "message.h"

#include <stdlib.h>

enum behind behind_is(const struct settings *s, const struct grl_dumps *taken,
                      int64_t newest)
{
    enum { LITTLE = 60 }; /* seconds that the clocks of two hosts may differ */
    enum { JUST_NOW = 600 };
    enum behind behind = BEHIND_OLD;

    for (size_t i = 0; i < grl_dumps_count(taken); i++) {
        int64_t time = keeping_time(s, grl_dumps_get(taken, i));

        if (time >= newest - LITTLE)
            return BEHIND_NOT;
        if (llabs((long long)(time - s->now)) < JUST_NOW)
            behind = BEHIND_CLOCK;
    }
    return behind;
}

void behind_complain_old(const struct settings *s)
{
    complain("%s: what came is older than the newest snapshot of '%s'; it is "
             "kept, and judged when a newer one comes",
             s->history, s->instance);
}

void behind_complain_clock(const struct settings *s)
{
    complain("%s: the clock was set back since the last snapshot of '%s'; what "
             "does not fit its times is left out",
             s->history, s->instance);
}
