#include "analyse/ties.h"

#include <stdlib.h>

static int64_t longest_wait(const struct grl_cluster *c)
{
    return c->waits.known > 0 ? c->waits.max : 0;
}

/* Not state_is_passing(): that is about signatures, and asks too much of each
 * of a million groups. */
static bool is_at_work(const struct grl_cluster *c)
{
    return strcmp(c->state, "running") == 0 ||
           strcmp(c->state, "runnable") == 0 ||
           strcmp(c->state, "syscall") == 0;
}

int ties_compare(const struct grl_cluster *a, const struct grl_cluster *b)
{
    const int64_t wait_a = longest_wait(a);
    const int64_t wait_b = longest_wait(b);
    const bool works_a = is_at_work(a);

    if (wait_a != wait_b)
        return wait_a < wait_b ? 1 : -1;
    if (works_a != is_at_work(b))
        return works_a ? 1 : -1;
    return memcmp(a->signature, b->signature, sizeof a->signature);
}

static int compare_tallies(const void *pa, const void *pb)
{
    const struct tally *a = *(struct tally *const *)pa;
    const struct tally *b = *(struct tally *const *)pb;

    return ties_compare(&a->pub, &b->pub);
}

void ties_sort(struct snapshot *s)
{
    for (size_t i = 0; i < s->count;) {
        size_t k = i + 1;

        while (k < s->count &&
               s->tallies[k]->pub.count == s->tallies[i]->pub.count)
            k++;
        if (k - i > 1)
            qsort(s->tallies + i, k - i, sizeof *s->tallies, compare_tallies);
        i = k;
    }
}
