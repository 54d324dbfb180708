#include "analyse/rebuilt.h"

#include "analyse/join.h"

#include <stdlib.h>

static int compare_families(const void *pa, const void *pb)
{
    return XXH128_cmp(pa, pb);
}

static bool has_own_frame(const struct stack *s)
{
    for (size_t i = 0; i < s->frame_count; i++)
        if (!s->frames[i]->stdlib)
            return true;
    return s->created_by != NULL && !s->created_by->stdlib;
}

/* The families of those of S, with code of its own, that are not in SHARED, to
 * LIST, which has room for all: how many. */
static size_t families(const struct snapshot *s, const unsigned char *shared,
                       XXH128_hash_t *list)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct stack *stack = s->tallies[i]->stack;

        if (shared[stack->index] != 2 && has_own_frame(stack))
            list[n++] = join_family(stack);
    }
    if (n > 0)
        qsort(list, n, sizeof *list, compare_families);
    return n;
}

enum grl_status is_rebuilt(const struct snapshot *a, const struct snapshot *b,
                           size_t rows, bool *rebuilt)
{
    unsigned char *shared = calloc(rows + 1, 1); /* in how many it is */
    XXH128_hash_t *x = malloc((a->count + 1) * sizeof *x);
    XXH128_hash_t *y = malloc((b->count + 1) * sizeof *y);
    bool ok = shared != NULL && x != NULL && y != NULL;
    size_t n = 0;

    *rebuilt = false;
    for (size_t i = 0; ok && i < a->count; i++)
        shared[a->tallies[i]->stack->index]++;
    for (size_t i = 0; ok && i < b->count; i++)
        shared[b->tallies[i]->stack->index]++;
    n = ok ? families(a, shared, x) : 0;
    for (size_t i = ok ? families(b, shared, y) : 0; i > 0 && n > 0; i--)
        *rebuilt = *rebuilt || bsearch(&y[i - 1], x, n, sizeof *x,
                                       compare_families) != NULL;
    free(shared);
    free(x);
    free(y);
    return ok ? GRL_OK : GRL_ENOMEM;
}
