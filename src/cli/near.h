/* Which name a word that is none was meant to be. */
#ifndef CLI_NEAR_H
#define CLI_NEAR_H

#include <stddef.h>

/* Zero-initialise but for the word. */
struct near {
    const char *word;
    size_t len;
    const char *name; /* the nearest of those tried, or NULL */
    size_t changes;   /* of a letter, or of two that changed places */
};

/* Keep NAME, which is borrowed, when it is the first so near: at most two
 * changes away, and not half of it anew. */
void near_try(struct near *n, const char *name);

/* " (did you mean 'NAME'?)" with PREFIX before the name; "" when no name was
 * near.  At most SIZE bytes of OUT, which is returned. */
const char *near_hint(const struct near *n, const char *prefix, char *out,
                      size_t size);

#endif
