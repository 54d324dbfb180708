/*
 * Snapshots as input: lines of JSON that scan --format=snapshot and history
 * export wrote.
 */
#ifndef API_SNAPSHOTS_H
#define API_SNAPSHOTS_H

#include "goroleak.h"
#include "parse/record.h"

struct grl_dumps;

/* Zero-initialise; free with snapshots_free(). */
struct snapshots {
    char *bytes; /* of the line so far */
    size_t len;
    size_t capacity;
    uint64_t lines;
    struct record *record; /* one goroutine at a time */
};

/* Does an input that begins with HEAD hold snapshots?  MAYBE: HEAD is too short
 * to tell. */
bool snapshots_begin(struct grl_text head);
bool snapshots_may_begin(struct grl_text head);

/* Into D: a dump each.  Lines that are none are told as notices, and counted as
 * damage.  GRL_ELIMIT past LIMIT_PROFILE_BYTES of a line. */
enum grl_status snapshots_feed(struct snapshots *s, struct grl_dumps *d,
                               const char *bytes, size_t len);
/* The input has ended: a last line may have no newline. */
enum grl_status snapshots_finish(struct snapshots *s, struct grl_dumps *d);

void snapshots_free(struct snapshots *s);

#endif
