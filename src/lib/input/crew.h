/*
 * Several threads read a stream chunk by chunk: each in turn fills a chunk,
 * works on it ahead, beside the others, and the caller's thread takes the
 * chunks in order, helping with the others while it waits.
 */
#ifndef INPUT_CREW_H
#define INPUT_CREW_H

#include "goroleak.h"
#include "input/piece.h"

enum { CREW_MOST_WORKERS = 15, CREW_MOST_SLOTS = 2 * (CREW_MOST_WORKERS + 1) };

struct crew_work {
    /* The next piece of SOURCE, in TO, which has room for SIZE bytes and
     * PIECE_SLACK_BYTES more; in order and never two at once, on any thread.
     * Without bytes at the end. */
    enum grl_status (*fill)(void *source, char *to, size_t size,
                            struct piece *out, struct grl_error *err);
    void *source;
    void *user; /* of the others */
    /* Work on a chunk, on any thread; WORKER tells them apart, 0 is the
     * caller's.  What comes of it is kept for SLOT, which nobody else has until
     * take() is through with it. */
    void (*ahead)(void *user, size_t worker, size_t slot,
                  const struct piece *p);
    /* Take the chunk in SLOT, in order, on the caller's thread.  Anything but
     * GRL_OK ends the reading. */
    enum grl_status (*take)(void *user, size_t slot, const struct piece *p);
};

/*
 * Read to the end, with WORKERS threads (1 to CREW_MOST_WORKERS) besides the
 * caller's and chunks of SIZE bytes, two for each thread.  Threads that cannot
 * be started are done without.
 */
enum grl_status crew_read(const struct crew_work *work, size_t workers,
                          size_t size, struct grl_error *err);

#endif
