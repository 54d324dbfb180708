#include "store/choose.h"

#include "base/error.h"
#include "base/grow.h"

#include <stdlib.h>

struct entry {
    int64_t id; /* in the order in which they were recorded */
    int64_t time;
};

struct entries {
    struct entry *list;
    size_t count, capacity;
};

static enum grl_status add_entry(void *user, sqlite3_stmt *s,
                                 struct grl_error *err)
{
    struct entries *e = user;

    if (!GROW(e->list, e->capacity, e->count + 1))
        return fail_memory(err);
    e->list[e->count++] = (struct entry){sqlite3_column_int64(s, 0),
                                         sqlite3_column_int64(s, 1)};
    return GRL_OK;
}

#define ENTRIES "SELECT id, time FROM snapshots WHERE instance = ? ORDER BY "

/* ------------------------------------------------- the longest that rises */

/* ENDS[n] is the entry with the least time in which a rising row of n + 1 can
 * end: where does one that ends in TIME go on? */
static size_t place_of(const struct entries *e, const size_t *ends,
                       size_t longest, int64_t time)
{
    size_t low = 0;
    size_t high = longest;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (e->list[ends[mid]].time <= time)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* BEFORE[i] becomes what comes before entry I in the longest row to it; nothing
 * younger than the last is in one. */
static size_t find_rows(const struct entries *e, size_t *ends, size_t *before)
{
    int64_t last = e->list[e->count - 1].time;
    size_t longest = 0;

    for (size_t i = 0; i < e->count; i++) {
        size_t place = 0;

        if (e->list[i].time > last)
            continue;
        place = place_of(e, ends, longest, e->list[i].time);
        before[i] = place > 0 ? ends[place - 1] : 0;
        ends[place] = i;
        longest += place == longest;
    }
    return longest;
}

/* Only the longest row to the last entry stays. */
static bool keep_rising(struct entries *e)
{
    size_t *ends = calloc(e->count + 1, sizeof *ends);
    size_t *before = calloc(e->count + 1, sizeof *before);
    bool good = ends != NULL && before != NULL;

    if (good && e->count > 0) {
        size_t kept = find_rows(e, ends, before);
        size_t at = e->count - 1;

        for (size_t i = kept; i-- > 0; at = before[at])
            ends[i] = at;
        for (size_t i = 0; i < kept; i++)
            e->list[i] = e->list[ends[i]];
        e->count = kept;
    }
    free(ends);
    free(before);
    return good;
}

/* ------------------------------------------------------------------ reading */

/* Of many the newest half of MOST, and as many of the others that lie evenly:
 * which one is the Ith? */
static size_t chosen(size_t count, size_t most, size_t i)
{
    size_t even = most / 2;

    if (count <= most)
        return i;
    return i < even ? i * (count - (most - even)) / even : count - most + i;
}

static enum grl_status show(sqlite3 *db, const struct entries *e, size_t most,
                            const struct history_visit *v,
                            struct grl_error *err)
{
    size_t n = e->count < most ? e->count : most;
    enum grl_status st = GRL_OK;
    bool found = false;

    for (size_t i = 0; i < n && st == GRL_OK; i++)
        st = history_read_one(db, e->list[chosen(e->count, most, i)].id, v,
                              &found, err);
    return st;
}

static struct grl_clock clock_of(const struct entries *e)
{
    enum { LITTLE = 60 }; /* seconds that the clocks of two hosts may differ */
    struct grl_clock c = {.snapshots = e->count, .newest = GRL_NO_TIME};

    for (size_t i = 0; i < e->count; i++)
        if (i == 0 || e->list[i].time > c.newest)
            c.newest = e->list[i].time;
    c.set_back = e->count > 1 && e->list[e->count - 1].time <
                                     e->list[e->count - 2].time - LITTLE;
    return c;
}

enum grl_status choose_by_time(sqlite3 *db, const char *instance, size_t most,
                               const struct history_visit *v,
                               struct grl_error *err)
{
    struct entries e = {NULL, 0, 0};
    enum grl_status st = database_each(db, add_entry, &e, err,
                                       ENTRIES "time, id", "t", instance);

    if (st == GRL_OK)
        st = show(db, &e, most, v, err);
    free(e.list);
    return st;
}

enum grl_status choose_as_recorded(sqlite3 *db, const char *instance,
                                   size_t most, const struct history_visit *v,
                                   struct grl_clock *clock,
                                   struct grl_error *err)
{
    struct entries e = {NULL, 0, 0};
    enum grl_status st = database_each(db, add_entry, &e, err, ENTRIES "id",
                                       "t", instance);

    *clock = clock_of(&e);
    if (st == GRL_OK && !keep_rising(&e))
        st = fail_memory(err);
    clock->contrary = clock->snapshots - e.count;
    if (st == GRL_OK)
        st = show(db, &e, most, v, err);
    free(e.list);
    return st;
}
