/* What the place that a report is printed to can show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "settings.h"

/* Set width, color and ascii of s->report. */
void terminal_adapt(struct settings *s);

#endif
