#include "analyse/assert.h"

#include "analyse/baseline.h"
#include "base/error.h"
#include "base/grow.h"
#include "model/order.h"

#include <stdlib.h>

/* What the baseline excuses. */
struct excuses {
    bool by_id;    /* the same process: these ids */
    uint64_t *ids; /* ascending */
    size_t id_count;
    size_t capacity;
    uint64_t *counts; /* another process, or profiles: so many of each row */
};

static int compare_ids(const void *pa, const void *pb)
{
    const uint64_t *a = pa;
    const uint64_t *b = pb;

    return (*a > *b) - (*a < *b);
}

static bool add_ids(struct excuses *e, const uint64_t *ids, size_t count)
{
    if (count == 0)
        return true;
    if (!GROW(e->ids, e->capacity, e->id_count + count))
        return false;
    memcpy(e->ids + e->id_count, ids, count * sizeof *ids);
    e->id_count += count;
    return true;
}

/* Every goroutine of the baseline, also those that rules left out there. */
static bool gather_ids(struct excuses *e, const struct snapshot *baseline)
{
    bool ok = add_ids(e, baseline->ignored_ids, baseline->ignored_count);

    for (size_t i = 0; i < baseline->count && ok; i++)
        ok = add_ids(e, baseline->tallies[i]->pub.ids,
                     baseline->tallies[i]->pub.id_count);
    if (e->id_count > 0)
        qsort(e->ids, e->id_count, sizeof *e->ids, compare_ids);
    return ok;
}

static bool gather_counts(struct excuses *e, const struct snapshot *baseline,
                          size_t rows)
{
    e->counts = calloc(rows + 1, sizeof *e->counts);
    for (size_t i = 0; e->counts != NULL && i < baseline->count; i++)
        e->counts[baseline->tallies[i]->stack->index] =
            baseline->tallies[i]->pub.count;
    return e->counts != NULL;
}

/* The ids of T that are not excused, into a copy the caller owns. */
static uint64_t *other_ids(const struct excuses *e, const struct tally *t,
                           size_t *count)
{
    uint64_t *ids = malloc((t->pub.id_count + 1) * sizeof *ids);

    *count = 0;
    for (size_t i = 0; ids != NULL && i < t->pub.id_count; i++)
        if (e->id_count == 0 || bsearch(&t->pub.ids[i], e->ids, e->id_count,
                                        sizeof *e->ids, compare_ids) == NULL)
            ids[(*count)++] = t->pub.ids[i];
    return ids;
}

static enum grl_status judge(struct grl_assertion *a, const struct excuses *e,
                             const struct tally *t)
{
    struct leak *leak = &a->leaks[a->count];
    uint64_t excused = 0;
    size_t left = t->pub.id_count;

    leak->pub = t->pub;
    leak->stack = t->stack;
    leak->tests = NULL;
    leak->test_count = 0;
    leak->ids = NULL;
    if (e->by_id) {
        leak->ids = other_ids(e, t, &left);
        if (leak->ids == NULL)
            return GRL_ENOMEM;
        excused = t->pub.id_count - left;
        leak->pub.ids = leak->ids;
        leak->pub.id_count = left;
    } else if (e->counts != NULL && e->counts[t->stack->index] > 0) {
        excused = e->counts[t->stack->index];
        leak->pub.id_count = 0; /* which ones is not known */
    }
    excused = excused < t->pub.count ? excused : t->pub.count;
    leak->pub.count = t->pub.count - excused;
    if (excused >= leak->pub.count) /* the waits are rather of those */
        leak->pub.waits = (struct grl_waits){.known = 0};
    a->in_baseline += excused;
    if (leak->pub.count > 0)
        a->count++;
    else
        free(leak->ids);
    return GRL_OK;
}

/* Largest first. */
static int compare_leaks(const void *pa, const void *pb)
{
    const struct leak *a = pa;
    const struct leak *b = pb;

    if (a->pub.count != b->pub.count)
        return a->pub.count < b->pub.count ? 1 : -1;
    return order_ties(&a->pub, &b->pub);
}

static enum grl_status gather(struct excuses *e, enum grl_baseline what,
                              const struct assertion_input *in)
{
    bool ok = true;

    e->by_id = what == GRL_BASELINE_SAME_PROCESS;
    if (what != GRL_BASELINE_NONE)
        ok = e->by_id ? gather_ids(e, in->baseline)
                      : gather_counts(e, in->baseline, in->rows);
    return ok ? GRL_OK : GRL_ENOMEM;
}

static enum grl_status judge_all(struct grl_assertion *a,
                                 const struct excuses *e,
                                 const struct snapshot *dump)
{
    enum grl_status st = GRL_OK;

    a->ignored = dump->info.ignored;
    a->leaks = calloc(dump->count + 1, sizeof *a->leaks);
    if (a->leaks == NULL)
        return GRL_ENOMEM;
    for (size_t i = 0; i < dump->count && st == GRL_OK; i++)
        st = judge(a, e, dump->tallies[i]);
    if (a->count > 0)
        qsort(a->leaks, a->count, sizeof *a->leaks, compare_leaks);
    return st;
}

/* ---------------------------------------------- so many that are allowed */

/* What RULE matches of the leaks, marked in HITS, and how many that are. */
static enum grl_status count_allowed(const struct grl_assertion *a,
                                     const struct rule *rule, bool *hits,
                                     uint64_t *sum, struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    *sum = 0;
    for (size_t i = 0; i < a->count && st == GRL_OK; i++) {
        st = rule_matches(rule, a->leaks[i].stack, &hits[i], err);
        *sum += hits[i] ? a->leaks[i].pub.count : 0;
    }
    return st;
}

static void take_out(struct grl_assertion *a, const bool *hits)
{
    size_t kept = 0;

    for (size_t i = 0; i < a->count; i++) {
        if (!hits[i]) {
            a->leaks[kept++] = a->leaks[i];
            continue;
        }
        a->ignored += a->leaks[i].pub.count;
        free(a->leaks[i].ids);
    }
    a->count = kept;
}

/* ------------------------------------------------ which test it was of */

enum { MOST_TESTS = 20 };

static int compare_tests(const void *pa, const void *pb)
{
    const struct grl_test_count *a = pa;
    const struct grl_test_count *b = pb;

    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->test, b->test);
}

/* Names are interned, so that their pointers tell them apart. */
static void count_test(struct leak *leak, const char *test)
{
    size_t i = 0;

    while (i < leak->test_count && leak->tests[i].test != test)
        i++;
    if (i == MOST_TESTS)
        return;
    if (i == leak->test_count)
        leak->tests[leak->test_count++] = (struct grl_test_count){test, 0};
    leak->tests[i].count++;
}

static bool name_tests(struct grl_assertion *a, struct lineage *lineage)
{
    for (size_t i = 0; i < a->count && lineage->count > 0; i++) {
        struct leak *leak = &a->leaks[i];

        leak->tests = calloc(MOST_TESTS, sizeof *leak->tests);
        if (leak->tests == NULL)
            return false;
        for (size_t k = 0; k < leak->pub.id_count; k++) {
            const char *test = lineage_test(lineage, leak->pub.ids[k]);

            if (test != NULL)
                count_test(leak, test);
        }
        qsort(leak->tests, leak->test_count, sizeof *leak->tests,
              compare_tests);
    }
    return true;
}

static enum grl_status allow(struct grl_assertion *a, struct grl_rules *rules,
                             struct grl_error *err)
{
    bool *hits = calloc(a->count + 1, sizeof *hits);
    enum grl_status st = GRL_OK;

    if (hits == NULL)
        return fail_memory(err);
    for (size_t i = 0; st == GRL_OK && i < rules->count; i++) {
        struct rule *rule = &rules->list[i];
        uint64_t sum = 0;

        if (!rule_is_allowance(rule) || !rule->pub.enabled)
            continue;
        st = count_allowed(a, rule, hits, &sum, err);
        rule->pub.matched += sum;
        if (st == GRL_OK && sum <= rule->pub.most)
            take_out(a, hits);
    }
    free(hits);
    return st;
}

static enum grl_status fill(struct grl_assertion *a,
                            const struct assertion_input *in,
                            struct grl_error *err)
{
    struct excuses e = {0};
    enum grl_status st = baseline_know(in, &a->baseline, err);

    if (st == GRL_OK)
        st = gather(&e, a->baseline, in);
    if (st == GRL_OK)
        st = judge_all(a, &e, in->dump);
    free(e.ids);
    free(e.counts);
    if (st == GRL_OK && in->rules != NULL)
        st = allow(a, in->rules, err);
    if (st == GRL_OK && !name_tests(a, &in->dump->lineage))
        st = GRL_ENOMEM;
    return st;
}

enum grl_status assertion_new(struct grl_assertion **out,
                              const struct assertion_input *in,
                              struct grl_error *err)
{
    struct grl_assertion *a = calloc(1, sizeof *a);
    enum grl_status st = a != NULL ? fill(a, in, err) : GRL_ENOMEM;

    if (st == GRL_OK) {
        *out = a;
        return GRL_OK;
    }
    grl_assert_free(a);
    return st == GRL_ENOMEM ? fail_memory(err) : st;
}

uint64_t grl_assert_ignored(const struct grl_assertion *a)
{
    return a->ignored;
}

uint64_t grl_assert_in_baseline(const struct grl_assertion *a)
{
    return a->in_baseline;
}

enum grl_baseline grl_assert_baseline(const struct grl_assertion *a)
{
    return a->baseline;
}

size_t grl_assert_count(const struct grl_assertion *a)
{
    return a->count;
}

const struct grl_cluster *grl_assert_get(const struct grl_assertion *a,
                                         size_t i)
{
    return &a->leaks[i].pub;
}

const struct grl_test_count *grl_assert_tests(const struct grl_assertion *a,
                                              size_t i, size_t *count)
{
    *count = a->leaks[i].test_count;
    return a->leaks[i].tests;
}

void grl_assert_free(struct grl_assertion *a)
{
    if (a == NULL)
        return;
    for (size_t i = 0; i < a->count; i++) {
        free(a->leaks[i].ids);
        free(a->leaks[i].tests);
    }
    free(a->leaks);
    free(a);
}
