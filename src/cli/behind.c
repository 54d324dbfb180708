#include "behind.h"

#include "keeping.h"
#include "message.h"

enum behind behind_is(const struct settings *s, const struct grl_dumps *taken,
                      int64_t newest)
{
    enum { LITTLE = 60 }; /* seconds that the clocks of two hosts may differ */
    enum behind behind = BEHIND_OLD;

    for (size_t i = 0; i < grl_dumps_count(taken); i++) {
        const struct grl_dump *d = grl_dumps_get(taken, i);

        if (keeping_time(s, d) >= newest - LITTLE)
            return BEHIND_NOT;
        if (keeping_is_live(s, d))
            behind = BEHIND_CLOCK;
    }
    return behind;
}

void behind_complain_old(const struct settings *s)
{
    complain("%s: what came is older than the newest snapshot of '%s'; it is "
             "kept, and judged when a newer one comes",
             s->history, instance_shown(s->instance));
}

void behind_complain_clock(const struct settings *s)
{
    complain("%s: the clock was set back since the last snapshot of '%s'; what "
             "does not fit its times is left out",
             s->history, instance_shown(s->instance));
}
