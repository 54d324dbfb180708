/* Snapshots that are taken out of a history by hand. */
#ifndef CLI_DROP_H
#define CLI_DROP_H

#include "settings.h"

/* Drop the snapshots with the COUNT NUMBERS, all or none.  False when there is
 * none with one of them, or it cannot be done; that was complained of. */
bool drop(struct settings *s, struct grl_history *h, char **numbers, int count);

#endif
