#include "analyse/restart.h"

#include "analyse/old_waits.h"

#include <stdlib.h>

/* Of the goroutines of one dump that the next could still show. */
struct carried {
    uint64_t expected; /* ids that the next dump's largest id covers */
    uint64_t found;    /* still there with the same signature */
    size_t rows;       /* signatures they are of */
    size_t kept;       /* signatures most of which are still there */
    size_t pools_kept; /* ... of several goroutines */
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

static void count_carried(struct carried *c, uint64_t expected, uint64_t found)
{
    enum { POOL = 3 };
    bool kept = expected > 0 && found * 4 >= expected * 3;

    c->expected += expected;
    c->found += found;
    c->rows += expected > 0;
    c->kept += kept;
    c->pools_kept += kept && expected >= POOL;
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
        if (i + 1 < s->starts[row + 1] && s->cells[i + 1].dump == d + 1)
            then = without_main(idset_of(s->cells[i + 1].tally));
        count_carried(&carried[d], up_to(now, s->dumps[d + 1]->info.max_id),
                      idset_common(now, then));
    }
}

/*
 * Goroutines that came after the segment began and were seen twice: unlike
 * those of start-up, a new process hardly has the same ids at the same places.
 */
struct young {
    uint64_t expected; /* in dump D */
    uint64_t found;    /* and in the next one */
    size_t rows;       /* signatures they are of */
    size_t staying;    /* signatures of several most of which are found */
};

static bool holds(struct idset s, uint64_t id, size_t *at)
{
    while (*at < s.count && s.ids[*at] < id)
        (*at)++;
    return *at < s.count && s.ids[*at] == id;
}

static void count_young(const struct series *s, size_t row, size_t first,
                        size_t d, struct young *y)
{
    struct idset now = idset_of(series_tally(s, row, d));
    struct idset start = idset_of(series_tally(s, row, first));
    struct idset before = idset_of(series_tally(s, row, d - 1));
    struct idset next = idset_of(series_tally(s, row, d + 1));
    size_t at[3] = {0, 0, 0};
    struct young own = {0, 0, 0, 0};

    for (size_t i = 0; i < now.count; i++) {
        uint64_t id = now.ids[i];

        if (holds(start, id, &at[0]) || !holds(before, id, &at[1]))
            continue;
        own.expected++;
        own.found += holds(next, id, &at[2]) ? 1 : 0;
    }
    y->expected += own.expected;
    y->found += own.found;
    y->rows += own.expected > 0 ? 1 : 0;
    y->staying += own.expected > 1 && own.found * 4 >= own.expected * 3 ? 1 : 0;
}

static struct young young_at(const struct series *s, size_t first, size_t d)
{
    struct young y = {0, 0, 0, 0};

    if (d > first)
        for (size_t row = 0; row < s->row_count; row++)
            count_young(s, row, first, d, &y);
    return y;
}

/*
 * A new process numbers its goroutines from 1, so most are below the old one's
 * largest id; those that come in the same process are above it, but for the few
 * ids that each P holds in store.
 */
static bool some_come_from_below(const struct series *s, size_t d)
{
    for (size_t row = 0; row < s->row_count; row++) {
        struct idset then = idset_of(series_tally(s, row, d));
        struct idset now = idset_of(series_tally(s, row, d + 1));
        uint64_t low = up_to(now, s->dumps[d]->info.max_id);
        struct idset below = {now.ids, low};

        if (low > idset_common(then, below))
            return true;
    }
    return false;
}

/* The old goroutines tell: what could remain of them is mostly gone, or,
 * whatever the ids, of more than a handful hardly one remains, and of no pool
 * most. */
static bool old_are_gone(bool id_fell, const struct carried *c)
{
    enum { HANDFUL = 8, HARDLY = 8, FEW_ROWS = 4 };

    if (id_fell)
        return c->found * 2 < c->expected || c->expected == 0;
    if (c->expected < HANDFUL)
        return false;
    return c->found == 0 ||
           (c->rows >= HANDFUL && c->found * HARDLY < c->expected &&
            c->pools_kept == 0 && c->kept * FEW_ROWS < c->rows);
}

/* Long waits tell most surely, then the young ones, if there are some: that one
 * or the other comes back under its number is chance. */
static bool is_restart(const struct series *s, size_t first, size_t d,
                       const struct carried *c)
{
    enum { FEW = 3, SEVERAL = 5, CHANCE = 8, MANY_ANEW = 3 };
    bool id_fell = s->dumps[d + 1]->info.max_id < s->dumps[d]->info.max_id;
    struct young y = young_at(s, first, d);
    struct old_waits w = old_waits_at(s, d);

    if (w.on > 0)
        return false;
    if (w.anew >= MANY_ANEW && y.staying == 0 && y.found * CHANCE <= y.expected)
        return true;
    if (y.expected < FEW)
        return old_are_gone(id_fell, c);
    if (y.staying > 0)
        return false;
    if (id_fell)
        return old_are_gone(id_fell, c) || y.found * CHANCE < y.expected;
    if (y.expected < SEVERAL)
        return false;
    if (y.found == 0 && c->found == 0)
        return old_are_gone(id_fell, c);
    return y.rows > 1 && y.found * CHANCE < y.expected &&
           c->found * 2 < c->expected;
}

/* What dump EARLY shows, and LATE too.  Start-up gives two processes some ids
 * in common, but not most. */
static struct carried carried_between(const struct series *s, size_t early,
                                      size_t late)
{
    struct carried c = {.expected = 0};

    for (size_t row = 0; row < s->row_count; row++) {
        struct idset now = without_main(idset_of(series_tally(s, row, early)));
        struct idset then = without_main(idset_of(series_tally(s, row, late)));

        c.expected += now.count;
        c.found += idset_common(now, then);
    }
    return c;
}

bool restart_is_mixed(const struct series *s, size_t *first, size_t *other)
{
    enum { MOST_TRIED = 64, FARTHEST = 4, FEWEST = 8 };

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
    for (size_t d = 0; d + 1 < s->dump_count; d++) {
        size_t first = s->segments[s->segment_count - 1];

        if (is_restart(s, first, d, &carried[d]) &&
            (carried[d].found == 0 || some_come_from_below(s, d)))
            s->segments[s->segment_count++] = d + 1;
    }
    free(carried);
    return GRL_OK;
}
