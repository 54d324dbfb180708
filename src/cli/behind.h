/* Dumps of a check that are not the newest of their series. */
#ifndef CLI_BEHIND_H
#define CLI_BEHIND_H

#include "settings.h"

enum behind {
    BEHIND_NOT,
    BEHIND_CLOCK, /* taken just now: a clock was set back, or was ahead */
    BEHIND_OLD,   /* what was there before tells more of what is now */
};

/* Of TAKEN, which is recorded, where NEWEST is the latest time of all. */
enum behind behind_is(const struct settings *s, const struct grl_dumps *taken,
                      int64_t newest);

void behind_complain_old(const struct settings *s);
void behind_complain_clock(const struct settings *s);

#endif
