#include "api/ahead.h"

#include <stdlib.h>
#include <unistd.h>

/* One thread takes, in order, what the others see, so there is a most that
 * helps; measured on two cores only, where a third thread gave nothing. */
enum { HELPING_THREADS = 4 };

static size_t threads_that_help(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    if (n < 1)
        return 1;
    return n < HELPING_THREADS ? (size_t)n : HELPING_THREADS;
}

struct ahead *ahead_new(unsigned threads, struct fast *mine)
{
    size_t n = threads > 0 ? threads : threads_that_help();
    struct ahead *a = n > 1 ? calloc(1, sizeof *a) : NULL;

    if (a == NULL)
        return NULL;
    a->fast[0] = mine;
    while (a->workers + 1 < n && a->workers < CREW_MOST_WORKERS) {
        struct fast *f = calloc(1, sizeof *f);

        if (f == NULL)
            break;
        f->known = mine->known;
        a->fast[++a->workers] = f;
    }
    return a;
}

void ahead_free(struct ahead *a)
{
    if (a == NULL)
        return;
    for (size_t i = 1; i <= a->workers; i++)
        free(a->fast[i]);
    for (size_t i = 0; i < CREW_MOST_SLOTS; i++)
        sightings_free(&a->seen[i]);
    free(a);
}
