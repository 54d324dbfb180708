/* What assert and run share: take a dump, judge it, wait for it to settle. */
#ifndef CLI_ASSERTION_H
#define CLI_ASSERTION_H

#include "settings.h"

struct assertion {
    struct grl_dumps *dumps;
    ptrdiff_t baseline; /* index of its dump, or -1 */
    struct grl_assertion *result;
    size_t dump; /* index of the dump that was judged */
};

/* False when it cannot begin, which was complained of.  Free it in any case. */
bool assertion_begin(struct assertion *a, struct settings *s);
void assertion_free(struct assertion *a);

/* The last dump of PATH, or of the command s->exec if PATH is NULL, is what was
 * there before. */
bool assertion_baseline(struct assertion *a, struct settings *s,
                        const char *path);

/* Judge dumps of PATH or s->exec until one shows no leak or the time is over,
 * and report the last: the exit status. */
int assertion_judge(struct assertion *a, struct settings *s, const char *path);

#endif
