#include "analyse/restart.h"

#include <stdlib.h>

/* Of the goroutines of one dump that the next could still show. */
struct carried {
    uint64_t expected; /* ids that the next dump's largest id covers */
    uint64_t found;    /* still there with the same signature */
};

/* Goroutine 1 is in every process and tells nothing. */
static struct idset without_main(struct idset s)
{
    while (s.count > 0 && s.ids[0] <= 1) {
        s.ids++;
        s.count--;
    }
    return s;
}

static uint64_t up_to(struct idset s, uint64_t most)
{
    size_t low = 0;
    size_t high = s.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (s.ids[mid] <= most)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void count_row(const struct series *s, size_t row,
                      struct carried *carried)
{
    for (size_t i = s->starts[row]; i < s->starts[row + 1]; i++) {
        size_t d = s->cells[i].dump;
        struct idset now = without_main(idset_of(s->cells[i].tally));
        struct idset then = {NULL, 0};

        if (d + 1 == s->dump_count)
            break;
        carried[d].expected += up_to(now, s->dumps[d + 1]->info.max_id);
        if (i + 1 < s->starts[row + 1] && s->cells[i + 1].dump == d + 1)
            then = without_main(idset_of(s->cells[i + 1].tally));
        carried[d].found += idset_common(now, then);
    }
}

/* The largest id fell and most of what could remain is gone; or, whatever the
 * ids, nothing remains of more than a handful. */
static bool is_restart(const struct series *s, size_t d,
                       const struct carried *c)
{
    enum { HANDFUL = 8 };

    if (s->dumps[d + 1]->info.max_id < s->dumps[d]->info.max_id)
        return c->found * 2 < c->expected || c->expected == 0;
    return c->found == 0 && c->expected >= HANDFUL;
}

/* What dump EARLY shows and dump LATE could. */
static struct carried carried_between(const struct series *s, size_t early,
                                      size_t late)
{
    struct carried c = {0, 0};

    for (size_t row = 0; row < s->row_count; row++) {
        struct idset now = without_main(idset_of(series_tally(s, row, early)));
        struct idset then = without_main(idset_of(series_tally(s, row, late)));

        c.expected += up_to(now, s->dumps[late]->info.max_id);
        c.found += idset_common(now, then);
    }
    return c;
}

bool restart_is_mixed(const struct series *s, size_t *first, size_t *other)
{
    enum { MOST_TRIED = 64, FARTHEST = 4, FEWEST = 3 };

    for (size_t n = 0; n + 2 < s->segment_count && n < MOST_TRIED; n++)
        for (size_t k = n + 2; k < s->segment_count && k <= n + FARTHEST; k++) {
            struct carried c = carried_between(s, s->segments[n + 1] - 1,
                                               s->segments[k]);

            if (c.expected < FEWEST || c.found * 2 < c.expected)
                continue;
            *first = s->segments[n + 1] - 1;
            *other = s->segments[n + 1];
            return true;
        }
    return false;
}

enum grl_status restart_find(struct series *s)
{
    struct carried *carried = calloc(s->dump_count + 1, sizeof *carried);

    if (carried == NULL)
        return GRL_ENOMEM;
    for (size_t row = 0; row < s->row_count; row++)
        count_row(s, row, carried);
    s->segments[0] = 0;
    s->segment_count = 1;
    for (size_t d = 0; d + 1 < s->dump_count; d++)
        if (is_restart(s, d, &carried[d]))
            s->segments[s->segment_count++] = d + 1;
    free(carried);
    return GRL_OK;
}
