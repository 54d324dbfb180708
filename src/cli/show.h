/* What a history has: one snapshot, or one stack over time. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "settings.h"

/* Of H, as scan would show the dump, the newest snapshot of --instance where
 * WHAT is "", or the one whose number it is.  Else it is a signature, or the
 * beginning of one: how many goroutines of it there were in each snapshot, and
 * what trend says of it.  An exit status. */
int show(struct settings *s, struct grl_history *h, const char *what);

#endif
