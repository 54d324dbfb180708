/*
 * Shared libraries that are loaded when they are first needed: with all that
 * they bring they take longer to load than most dumps take to read.  They stay
 * loaded: what they brought may have left threads and handlers.
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* The first of NAMES, which end with NULL, that there is; or NULL. */
void *library_load(const char *const *names);

/* Function NAME of LIBRARY to *FUNCTION, a pointer of SIZE bytes; false when
 * there is none. */
bool library_find(void *library, const char *name, void *function, size_t size);

#endif
