/* A dump that a shell command prints. */
#ifndef CLI_EXEC_H
#define CLI_EXEC_H

#include "settings.h"

/* Run s->exec and add what it prints to D.  False, with a message, when that is
 * no dump, or the command fails or takes longer than --timeout. */
bool exec_read(const struct settings *s, struct grl_dumps *d);

#endif
