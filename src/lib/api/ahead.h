/* What threads that read ahead need, and what they see; see input/crew.h. */
#ifndef API_AHEAD_H
#define API_AHEAD_H

#include "input/crew.h"
#include "parse/scout.h"

struct ahead {
    size_t workers;                           /* besides the caller's thread */
    struct fast *fast[CREW_MOST_WORKERS + 1]; /* by worker; owned from 1 on */
    struct sightings seen[CREW_MOST_SLOTS];
};

/* For THREADS threads in all, 0 for as many as help.  MINE is the caller's.
 * Short of memory it makes do with fewer.  NULL when there is but one. */
struct ahead *ahead_new(unsigned threads, struct fast *mine);

/* Accepts NULL. */
void ahead_free(struct ahead *a);

#endif
