#include "model/order.h"

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

int order_ties(const struct grl_cluster *a, const struct grl_cluster *b)
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

/* What decides of most, close together: a million tallies lie far apart. */
struct place {
    uint64_t count;
    int64_t wait;
    uint64_t last; /* 0 for those that wait, and the front of the signature */
    struct tally *tally;
};

static struct place place_of(struct tally *t)
{
    uint64_t last = is_at_work(&t->pub);

    for (size_t i = 0; i < 7; i++)
        last = last << 8 | (unsigned char)t->pub.signature[i];
    return (struct place){t->pub.count, longest_wait(&t->pub), last, t};
}

static int compare_places(const void *pa, const void *pb)
{
    const struct place *a = pa;
    const struct place *b = pb;

    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    if (a->wait != b->wait)
        return a->wait < b->wait ? 1 : -1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    return order_ties(&a->tally->pub, &b->tally->pub);
}

static int compare_tallies(const void *pa, const void *pb)
{
    const struct place a = place_of(*(struct tally *const *)pa);
    const struct place b = place_of(*(struct tally *const *)pb);

    return compare_places(&a, &b);
}

void order_tallies(struct tally **list, size_t count)
{
    struct place *places = count > 0 ? malloc(count * sizeof *places) : NULL;

    if (places == NULL) { /* out of memory it takes longer */
        if (count > 0)
            qsort(list, count, sizeof *list, compare_tallies);
        return;
    }
    for (size_t i = 0; i < count; i++)
        places[i] = place_of(list[i]);
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++)
        list[i] = places[i].tally;
    free(places);
}
