/* What --help prints of options. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

/* The options of the command BIT, group by group. */
void help_options(FILE *out, unsigned bit);

#endif
