/* A line on the terminal that says how far the reading is. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Zero-initialise. */
struct progress {
    struct timespec begun; /* when the source at hand was */
    struct timespec told;
    uint64_t bytes; /* of it, when that was told; less: another has begun */
    bool shown;     /* a line stands there */
};

/* BYTES of SIZE (0: not known) of SOURCE are read.  Says so on standard error
 * after the first second, if that is a terminal, a few times a second. */
void progress_tell(struct progress *p, const char *source, uint64_t bytes,
                   uint64_t size);

/* Something else is to be printed: take the line away. */
void progress_clear(struct progress *p);

#endif
