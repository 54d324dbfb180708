/* What a history has: its last snapshot, or one stack over time. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "settings.h"

/* The newest snapshot of --instance in H, as scan would show the dump; with a
 * SIGNATURE, or the beginning of one, how many goroutines of it there were in
 * each, and what trend says of it.  An exit status. */
int show(struct settings *s, struct grl_history *h, const char *signature);

#endif
