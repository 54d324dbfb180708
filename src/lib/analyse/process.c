#include "analyse/process.h"

#include "base/grow.h"
#include "model/frames.h"

#include <stdlib.h>

/* A goroutine, and where it began. */
struct birth {
    uint64_t id;
    uint64_t where; /* canonical of struct frame */
};

struct births {
    struct birth *list;
    size_t count;
    size_t capacity;
};

static int compare_births(const void *pa, const void *pb)
{
    const struct birth *a = pa;
    const struct birth *b = pb;

    return (a->id > b->id) - (a->id < b->id);
}

static bool gather(struct births *b, const struct snapshot *s)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct grl_cluster *t = &s->tallies[i]->pub;

        if (t->created_by == NULL || t->id_count == 0)
            continue;
        if (!GROW(b->list, b->capacity, b->count + t->id_count))
            return false;
        for (size_t k = 0; k < t->id_count; k++)
            b->list[b->count++] =
                (struct birth){t->ids[k], frame_of(t->created_by)->canonical};
    }
    if (b->count > 0)
        qsort(b->list, b->count, sizeof *b->list, compare_births);
    return true;
}

/* True when most of those in both began elsewhere in B. */
static bool differ(const struct births *a, const struct births *b)
{
    size_t same = 0;
    size_t other = 0;

    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        int order = compare_births(&a->list[i], &b->list[k]);

        if (order == 0 && a->list[i].where == b->list[k].where)
            same++;
        else if (order == 0)
            other++;
        i += order <= 0 ? 1 : 0;
        k += order >= 0 ? 1 : 0;
    }
    return other > same;
}

enum grl_status process_is_same(const struct snapshot *a,
                                const struct snapshot *b, bool *same)
{
    struct births x = {0};
    struct births y = {0};
    bool ok = gather(&x, a) && gather(&y, b);

    *same = ok && !differ(&x, &y);
    free(x.list);
    free(y.list);
    return ok ? GRL_OK : GRL_ENOMEM;
}
