#include "analyse/stays.h"

#include "base/grow.h"

#include <stdlib.h>

/* One goroutine in one sample. */
struct sighting {
    uint64_t id;
    size_t place;
};

enum grl_status stays_init(struct stays *t, const struct series *s)
{
    *t = (struct stays){.at = malloc((s->samples.count + 1) * sizeof *t->at)};
    return t->at != NULL ? GRL_OK : GRL_ENOMEM;
}

static int compare_sightings(const void *pa, const void *pb)
{
    const struct sighting *a = pa;
    const struct sighting *b = pb;

    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* Those of the segment's samples, by id, then by place.  *CELL is the row's
 * first cell that may lie in the segment, and moves behind it. */
static bool gather(struct stays *t, const struct series *s, size_t *cell,
                   size_t last_cell, const struct stretch *st)
{
    t->count = 0;
    for (; *cell < last_cell; (*cell)++) {
        struct idset ids = idset_of(s->cells[*cell].tally);
        size_t place = s->samples.places[s->cells[*cell].dump];

        if (place == SAMPLES_NONE)
            continue;
        if (place >= st->to)
            break;
        if (!GROW(t->list, t->capacity, t->count + ids.count + 1))
            return false;
        for (size_t k = 0; k < ids.count; k++)
            t->list[t->count++] = (struct sighting){ids.ids[k], place};
    }
    if (t->count > 0)
        qsort(t->list, t->count, sizeof *t->list, compare_sightings);
    return true;
}

/* Not seen behind LAST: gone, unless only one dump that is cut off could have
 * shown it.  Two that miss it are no accident: the runtime lists goroutines in
 * the same order each time. */
static bool is_gone(const struct stretch *st, size_t last)
{
    return last + 1 < st->whole || last + 2 < st->to;
}

/* A goroutine that is seen from place FIRST to LAST. */
static void count_stay(struct stays *t, const struct series *s,
                       const struct stretch *st, size_t first, size_t last)
{
    bool gone = is_gone(st, last);

    t->at[first].came++;
    t->at[first].alive += !gone;
    if (!samples_settled(&s->samples, first, last))
        return;
    t->at[first].settled++;
    t->at[first].stayed += !gone;
    t->at[last].left += gone;
}

static void count_stays(struct stays *t, const struct series *s,
                        const struct stretch *st)
{
    for (size_t i = 0; i < t->count;) {
        size_t k = i;

        t->at[t->list[i].place].seen++;
        while (k + 1 < t->count && t->list[k + 1].id == t->list[i].id)
            t->at[t->list[++k].place].seen++;
        count_stay(t, s, st, t->list[i].place, t->list[k].place);
        i = k + 1;
    }
}

enum grl_status stays_measure(struct stays *t, const struct series *s,
                              size_t row)
{
    size_t cell = s->starts[row];

    memset(t->at, 0, s->samples.count * sizeof *t->at);
    for (size_t n = 0; n < s->samples.segment_count; n++) {
        const struct stretch *st = &s->samples.stretches[n];

        if (!gather(t, s, &cell, s->starts[row + 1], st))
            return GRL_ENOMEM;
        count_stays(t, s, st);
    }
    return GRL_OK;
}

void stays_free(struct stays *t)
{
    free(t->at);
    free(t->list);
    *t = (struct stays){0};
}
