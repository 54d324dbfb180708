/*
 * Chunks to lines: any split of the same bytes gives the same lines.  A line
 * that lies whole in a chunk is passed on without being copied.
 */
#ifndef INPUT_LINES_H
#define INPUT_LINES_H

#include "base/text.h"

struct lines {
    /* LINE is without its newline and lives until this returns; CUT says that
     * it was longer than LIMIT_LINE_BYTES, LAST that the input ended without
     * a newline behind it. */
    enum grl_status (*on_line)(void *user, struct grl_text line, bool cut,
                               bool last);
    /* Offered what lies from the beginning of a line to the end of the chunk:
     * sets *TAKEN to how many bytes, whole lines, it took.  NULL: never asked.
     */
    enum grl_status (*on_bytes)(void *user, const char *bytes, const char *end,
                                size_t *taken);
    void *user;
    char *hold; /* the beginning of an unfinished line */
    size_t held;
    size_t capacity;
    bool cut; /* the unfinished line has outgrown the limit */
};

/* Does what is fed next begin a line? */
static inline bool lines_at_start(const struct lines *l)
{
    return l->held == 0 && !l->cut;
}

/* On failure, GRL_ENOMEM or what on_line returned, only lines_free() is left
 * to do. */
enum grl_status lines_feed(struct lines *l, const char *bytes, size_t len);
enum grl_status lines_finish(struct lines *l);
void lines_free(struct lines *l);

#endif
