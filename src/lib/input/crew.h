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
    /* Piece NUMBER, from 0 on, of SOURCE, in TO, which has ROOM bytes; on any
     * thread, in order and never two at once unless APART.  Nothing of what
     * comes behind the *LAST or a failure is taken. */
    enum grl_status (*fill)(void *source, uint64_t number, char *to,
                            struct piece *out, bool *last,
                            struct grl_error *err);
    /* On any thread: piece NUMBER has been taken, and its slot is to be filled
     * anew.  Not said of the last ones.  May be NULL. */
    void (*done)(void *source, uint64_t number);
    void *source;
    size_t room;
    bool apart;
    void *user; /* of the others */
    /* Work on a chunk, on any thread; WORKER tells them apart, 0 is the
     * caller's.  What comes of it is kept for SLOT, which nobody else has until
     * take() is through with it. */
    void (*ahead)(void *user, size_t worker, size_t slot,
                  const struct piece *p);
    /* Take the chunk in SLOT, in order, on the caller's thread; not the last if
     * nothing is in it.  Anything but GRL_OK ends the reading. */
    enum grl_status (*take)(void *user, size_t slot, const struct piece *p);
};

/*
 * Read to the end, with WORKERS threads (1 to CREW_MOST_WORKERS) besides the
 * caller's and two chunks for each thread.  Threads that cannot be started are
 * done without.
 */
enum grl_status crew_read(const struct crew_work *work, size_t workers,
                          struct grl_error *err);

#endif
