/* What must hold for the clusters of any dump. */
#ifndef FUZZ_CHECK_CLUSTERS_H
#define FUZZ_CHECK_CLUSTERS_H

#include "goroleak.h"

#include "fuzz/check.h"

enum { LISTED_IDS = 20 };

static inline void check_ids(const struct grl_cluster *c)
{
    CHECK(c->id_count <= c->count);
    for (size_t i = 1; c->id_count == c->count && i < c->id_count; i++)
        CHECK(c->ids[i - 1] <= c->ids[i]);
}

static inline void check_states(const struct grl_cluster *c)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < c->state_count; i++) {
        sum += c->states[i].count;
        CHECK(i == 0 || c->states[i].count <= c->states[i - 1].count);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(c->states[k].state, c->states[i].state) != 0);
    }
    /* Of profiles in it no state is known. */
    CHECK(sum <= c->count);
    CHECK(strcmp(c->state, sum > 0 ? c->states[0].state : "") == 0);
}

/* How many goroutines are of text: profiles tell no ids and no states. */
static inline uint64_t of_text(const struct grl_cluster *c)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < c->state_count; i++)
        sum += c->states[i].count;
    return sum;
}

static inline void check_labels(const struct grl_cluster *c)
{
    for (size_t i = 1; i < c->label_count; i++) {
        const struct grl_label_count *a = &c->labels[i - 1];
        const struct grl_label_count *b = &c->labels[i];
        int order = strcmp(a->key, b->key);

        CHECK(order <= 0 && (order < 0 || a->count >= b->count));
        CHECK(order < 0 || strcmp(a->value, b->value) != 0);
    }
}

static inline void check_stack(const struct grl_cluster *c)
{
    bool blocked = c->frame_count == 0 && c->blocked_in == NULL;

    for (size_t i = 0; i < c->frame_count; i++) {
        blocked = blocked || c->blocked_in == c->frames[i];
        CHECK(strlen(c->frames[i]->function) < 8193);
        CHECK(strlen(c->frames[i]->file) < 8193);
    }
    CHECK(blocked);
}

static inline void check_cluster(const struct grl_cluster *c)
{
    const struct grl_waits *w = &c->waits;

    CHECK(c->count > 0);
    CHECK(strlen(c->signature) == 32 &&
          strspn(c->signature, "0123456789abcdef") == 32);
    CHECK(c->locked <= c->count && c->leaked <= c->count);
    CHECK(w->known <= c->count);
    CHECK(w->known == 0 ||
          (0 <= w->min && w->min <= w->median && w->median <= w->max));
    check_ids(c);
    check_states(c);
    check_labels(c);
    check_stack(c);
    CHECK(grl_suspicion(c) == NULL || grl_suspicion(c)[0] != '\0');
    CHECK(grl_explain_stack(c) == NULL || grl_explain_stack(c)[0] != '\0');
}

static inline int compare_signatures(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many different signatures the COUNT in ALL are. */
static inline size_t distinct(const char **all, size_t count)
{
    size_t n = count > 0;

    if (count > 0)
        qsort(all, count, sizeof *all, compare_signatures);
    for (size_t i = 1; i < count; i++)
        n += strcmp(all[i - 1], all[i]) != 0;
    return n;
}

static inline bool check_works(const struct grl_cluster *c)
{
    return strcmp(c->state, "running") == 0 ||
           strcmp(c->state, "runnable") == 0 ||
           strcmp(c->state, "syscall") == 0;
}

/* A stands before B: by count, longest wait, what works last, signature. */
static inline void check_order(const struct grl_cluster *a,
                               const struct grl_cluster *b)
{
    const int64_t wait_a = a->waits.known > 0 ? a->waits.max : 0;
    const int64_t wait_b = b->waits.known > 0 ? b->waits.max : 0;

    if (a->count != b->count)
        CHECK(a->count > b->count);
    else if (wait_a != wait_b)
        CHECK(wait_a > wait_b);
    else if (check_works(a) != check_works(b))
        CHECK(check_works(b));
    else
        CHECK(strcmp(a->signature, b->signature) < 0);
}

/* The sum of the counts of dump I, whose clusters are in order. */
static inline uint64_t check_clusters(const struct grl_dumps *d, size_t i)
{
    size_t n = grl_cluster_count(d, i);
    const char **all = malloc((n + 1) * sizeof *all);
    uint64_t sum = 0;

    CHECK(all != NULL);
    for (size_t k = 0; k < n; k++) {
        const struct grl_cluster *c = grl_cluster_get(d, i, k);

        check_cluster(c);
        sum += c->count;
        all[k] = c->signature;
        if (k > 0)
            check_order(grl_cluster_get(d, i, k - 1), c);
    }
    CHECK(distinct(all, n) == n);
    free(all);
    return sum;
}

static inline void check_dumps(const struct grl_dumps *d,
                               const struct grl_options *o)
{
    uint64_t kept = 0;

    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        const struct grl_dump *dump = grl_dumps_get(d, i);

        CHECK(dump->goroutines > 0 && dump->ignored <= dump->goroutines);
        CHECK(dump->damaged <= dump->goroutines);
        kept += dump->goroutines - dump->ignored;
        if (o->merge)
            continue;
        CHECK(grl_cluster_count(d, i) == dump->clusters);
        CHECK(check_clusters(d, i) == dump->goroutines - dump->ignored);
        for (size_t k = 0; k < dump->clusters; k++) {
            const struct grl_cluster *c = grl_cluster_get(d, i, k);

            CHECK(c->id_count == of_text(c) ||
                  (!o->keep_ids && c->id_count == LISTED_IDS));
        }
    }
    if (o->merge && grl_dumps_count(d) > 0)
        CHECK(check_clusters(d, 0) == kept);
}

#endif
