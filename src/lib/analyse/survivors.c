#include "analyse/survivors.h"

#include "base/grow.h"

#include <stdlib.h>

/* The ids seen so far in a segment, ascending. */
struct pool {
    uint64_t *ids;
    size_t count;
    size_t capacity;
};

static int compare_ids(const void *pa, const void *pb)
{
    const uint64_t *a = pa;
    const uint64_t *b = pb;

    return (*a > *b) - (*a < *b);
}

static bool pool_add(struct pool *p, struct idset s)
{
    if (s.count == 0)
        return true;
    if (!GROW(p->ids, p->capacity, p->count + s.count))
        return false;
    memcpy(p->ids + p->count, s.ids, s.count * sizeof *s.ids);
    p->count += s.count;
    return true;
}

/* Sort, and leave out what is double or in FIRST, also ascending. */
static void pool_without(struct pool *p, struct idset first)
{
    size_t kept = 0;
    size_t f = 0;

    if (p->count > 0)
        qsort(p->ids, p->count, sizeof *p->ids, compare_ids);
    for (size_t i = 0; i < p->count; i++) {
        uint64_t id = p->ids[i];

        while (f < first.count && first.ids[f] < id)
            f++;
        if ((f < first.count && first.ids[f] == id) ||
            (kept > 0 && p->ids[kept - 1] == id))
            continue;
        p->ids[kept++] = id;
    }
    p->count = kept;
}

/* The dumps FROM .. TO - 1 are one segment. */
static bool count_segment(const struct series *s, size_t row, size_t from,
                          size_t to, struct survivors *out)
{
    struct idset first = idset_of(series_tally(s, row, from));
    struct idset last = idset_of(series_tally(s, row, to - 1));
    struct pool added = {NULL, 0, 0};
    bool ok = true;

    for (size_t i = s->starts[row]; i < s->starts[row + 1] && ok; i++)
        if (s->cells[i].dump > from && s->cells[i].dump + 1 < to)
            ok = pool_add(&added, idset_of(s->cells[i].tally));
    pool_without(&added, first);
    out->added += added.count;
    out->survived += idset_common((struct idset){added.ids, added.count}, last);
    free(added.ids);
    return ok;
}

enum grl_status survivors_count(const struct series *s, size_t row,
                                struct survivors *out)
{
    *out = (struct survivors){.known = true};
    for (size_t i = s->starts[row]; i < s->starts[row + 1]; i++)
        if (s->cells[i].tally->pub.id_count != s->cells[i].tally->pub.count)
            out->known = false;
    for (size_t n = 0; n < s->segment_count && out->known; n++)
        if (!count_segment(s, row, s->segments[n], series_segment_end(s, n),
                           out))
            return GRL_ENOMEM;
    return GRL_OK;
}
