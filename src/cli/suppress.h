/* Suppression files: what became of their lines, and a new one. */
#ifndef CLI_SUPPRESS_H
#define CLI_SUPPRESS_H

#include "settings.h"

/* Tell which suppressions are unused or expired; false when there are such and
 * that is not to be. */
bool suppress_tell(const struct settings *s);

/* Write a suppression for each leak of A, with a comment on it, to PATH by
 * rename. */
bool suppress_write(const char *path, const struct grl_assertion *a);

#endif
