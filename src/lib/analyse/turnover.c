#include "analyse/turnover.h"

#include "base/grow.h"

#include <math.h>
#include <stdlib.h>

/* One goroutine in one dump. */
struct sighting {
    uint64_t id;
    size_t dump;
};

/* One segment being measured. */
struct run {
    const struct series *series;
    size_t from;
    size_t to;       /* behind its last dump */
    size_t seen;     /* behind its last dump that is not cut off, if any */
    uint64_t *stays; /* by dump - from: settled ones that came then and stayed
                      */
    bool *fresh;     /* by dump - from: somebody was new */
    struct sighting *list;
    size_t count;
    size_t capacity;
};

static int compare_sightings(const void *pa, const void *pb)
{
    const struct sighting *a = pa;
    const struct sighting *b = pb;

    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->dump > b->dump) - (a->dump < b->dump);
}

/* A dump that cron saved twice shows nobody a second time. */
static bool is_copy(const struct run *r, size_t dump)
{
    struct snapshot *const *dumps = r->series->dumps;

    return dump > r->from && dumps[dump]->digest == dumps[dump - 1]->digest &&
           dumps[dump]->info.goroutines == dumps[dump - 1]->info.goroutines;
}

static bool gather(struct run *r, size_t row)
{
    const struct series *s = r->series;

    for (size_t i = s->starts[row]; i < s->starts[row + 1]; i++) {
        struct idset ids = idset_of(s->cells[i].tally);
        size_t dump = s->cells[i].dump;

        if (dump < r->from || dump >= r->to || is_copy(r, dump))
            continue;
        if (!GROW(r->list, r->capacity, r->count + ids.count + 1))
            return false;
        for (size_t k = 0; k < ids.count; k++)
            r->list[r->count++] = (struct sighting){ids.ids[k], dump};
    }
    if (r->count > 0)
        qsort(r->list, r->count, sizeof *r->list, compare_sightings);
    return true;
}

/* Not seen behind dump LAST: gone, unless only dumps that are cut off could
 * have shown it. */
static bool is_gone(const struct run *r, size_t last)
{
    for (size_t d = last + 1; d < r->to; d++)
        if (!r->series->dumps[d]->info.truncated && !is_copy(r, d))
            return true;
    return false;
}

/* The last third of a run is recent; dumps that are cut off show too little. */
static bool is_recent(const struct run *r, size_t dump)
{
    return dump < r->seen && (dump - r->from) * 3 >= (r->seen - r->from) * 2;
}

/* A goroutine that dumps FIRST and LAST show. */
static void count_stay(struct run *r, size_t first, size_t last, bool final,
                       struct turnover *t)
{
    bool gone = is_gone(r, last);
    bool came = first > r->from;
    bool settled = last > first;

    r->fresh[first - r->from] = true;
    if (came && first + 1 < r->to) {
        t->added++;
        t->survived += !gone;
    }
    if (!settled)
        return;
    t->settled += came;
    t->stayed += came && !gone;
    t->left += gone;
    if (came && !gone)
        r->stays[first - r->from]++;
    if (final) {
        t->recent_settled += came && is_recent(r, first);
        t->recent_left += gone && is_recent(r, last);
    }
}

static void count_stays(struct run *r, bool final, struct turnover *t)
{
    for (size_t i = 0; i < r->count;) {
        size_t k = i;

        while (k + 1 < r->count && r->list[k + 1].id == r->list[i].id)
            k++;
        count_stay(r, r->list[i].dump, r->list[k].dump, final, t);
        i = k + 1;
    }
}

static double hours_before(const struct run *r, size_t dump)
{
    int64_t now = r->series->dumps[dump]->info.time;
    int64_t then = r->series->dumps[dump - 1]->info.time;

    if (now == GRL_NO_TIME || then == GRL_NO_TIME || now <= then)
        return 1;
    return (double)(now - then) / 3600;
}

/* Append the arrivals of a run to LIST.  Those whom the last dump shows first
 * cannot be seen again, so it counts only when it shows nobody new. */
static void list_arrivals(const struct run *r, struct arrival *list,
                          size_t *count)
{
    for (size_t d = r->from + 1; d < r->seen; d++) {
        bool last = d + 1 == r->seen;

        if (last && (r->fresh[d - r->from] || r->seen < r->to))
            return;
        list[(*count)++] = (struct arrival){r->stays[d - r->from],
                                            hours_before(r, d)};
    }
}

static size_t seen_end(const struct series *s, size_t from, size_t to)
{
    size_t seen = to;

    while (seen > from && s->dumps[seen - 1]->info.truncated)
        seen--;
    return seen > from ? seen : to;
}

static bool measure_run(struct run *r, size_t row, bool final,
                        struct turnover *t, struct arrival *list,
                        size_t *arrivals)
{
    bool ok = true;

    r->stays = calloc(r->to - r->from + 1, sizeof *r->stays);
    r->fresh = calloc(r->to - r->from + 1, sizeof *r->fresh);
    ok = r->stays != NULL && r->fresh != NULL && gather(r, row);
    if (ok) {
        count_stays(r, final, t);
        t->fresh_at_end = r->fresh[r->seen - 1 - r->from];
        list_arrivals(r, list, arrivals);
    }
    free(r->stays);
    free(r->fresh);
    free(r->list);
    return ok;
}

static bool knows_ids(const struct series *s, size_t row)
{
    for (size_t i = s->starts[row]; i < s->starts[row + 1]; i++)
        if (s->cells[i].tally->pub.id_count != s->cells[i].tally->pub.count)
            return false;
    return true;
}

enum grl_status turnover_measure(const struct series *s, size_t row,
                                 struct turnover *out)
{
    struct arrival *list = malloc((s->dump_count + 1) * sizeof *list);
    size_t count = 0;
    bool ok = list != NULL;

    *out = (struct turnover){.known = knows_ids(s, row)};
    for (size_t n = 0; n < s->segment_count && ok && out->known; n++) {
        size_t from = s->segments[n];
        size_t to = series_segment_end(s, n);
        size_t before = count;
        struct run r = {
            .series = s, .from = from, .to = to, .seen = seen_end(s, from, to)};

        ok = measure_run(&r, row, n + 1 == s->segment_count, out, list, &count);
        if (count - before >= out->longest.dumps)
            out->longest = arrivals_of(list + before, count - before);
    }
    if (ok)
        out->arrivals = arrivals_of(list, count);
    free(list);
    return ok ? GRL_OK : GRL_ENOMEM;
}

/* log of N over K. */
static double log_choose(double n, double k)
{
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

double turnover_p_value(const struct turnover *t)
{
    enum { EXACT_MOST = 4000 };
    double n = (double)(t->settled + t->left);
    double p = 0;

    if (t->settled <= t->left)
        return 1;
    if (n > EXACT_MOST) /* normal, with the correction for continuity */
        return erfc((n / 2 - (double)t->left - 0.5) / sqrt(n / 2)) / 2;
    for (uint64_t k = 0; k <= t->left; k++)
        p += exp(log_choose(n, (double)k) - n * log(2));
    return p < 1 ? p : 1;
}
