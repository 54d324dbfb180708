/* Dumps of a check that are not the newest of their series. */
#ifndef CLI_BEHIND_H
#define CLI_BEHIND_H

#include "settings.h"

/* Does SERIES, which has TAKEN and is not empty, end in what was there before?
 * After a clock was set back what comes lies in between, where it looks as if
 * goroutines had gone. */
bool behind_is(const struct settings *s, const struct grl_dumps *taken,
               const struct grl_dumps *series);

void behind_complain(const struct settings *s);

#endif
