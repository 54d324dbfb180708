#include "analyse/arrivals.h"

#include "analyse/kendall.h"

#include <math.h>
#include <stdlib.h>

enum grl_status arrivals_init(struct arrivals *a, const struct series *s)
{
    size_t n = s->samples.segment_count;

    *a = (struct arrivals){
        .list = malloc((s->samples.count + 1) * sizeof *a->list),
        .starts = malloc((n + 1) * sizeof *a->starts),
        .cut = malloc((n + 1) * sizeof *a->cut),
        .rates = malloc((s->samples.count + 1) * sizeof *a->rates),
        .segment_count = n,
    };
    return a->list != NULL && a->starts != NULL && a->cut != NULL &&
                   a->rates != NULL
               ? GRL_OK
               : GRL_ENOMEM;
}

/* Those who come at the end cannot settle.  Where hardly one leaves they count
 * all the same, else the end counts only when it brought nobody; and a dump
 * that is cut off tells no pause. */
static bool is_told(const struct stretch *st, size_t place,
                    const struct stay *at, bool pure, uint64_t *count)
{
    bool open = place >= st->open;

    *count = pure && open ? at->alive : at->stayed;
    if (*count > 0)
        return true;
    return place < st->whole && !(open && at->alive > 0);
}

void arrivals_measure(struct arrivals *a, const struct series *s,
                      const struct stay *at, const struct turnover *t)
{
    bool pure = turnover_is_pure(t);
    size_t listed = 0;

    a->total = 0;
    a->bringing = 0;
    a->most_bringing = 0;
    for (size_t n = 0; n < a->segment_count; n++) {
        const struct stretch *st = &s->samples.stretches[n];
        size_t before = a->bringing;

        a->starts[n] = listed;
        a->cut[n] = st->whole < st->to &&
                    st->to - st->whole <= st->whole - st->from;
        for (size_t i = st->from + 1; i < st->to; i++) {
            struct arrival *to = &a->list[listed];

            if (!is_told(st, i, &at[i], pure, &to->count))
                continue;
            to->seconds = samples_step(&s->samples, i);
            a->total += to->count;
            a->bringing += to->count > 0;
            listed++;
        }
        if (a->bringing - before > a->most_bringing)
            a->most_bringing = a->bringing - before;
    }
    a->starts[a->segment_count] = listed;
}

bool arrivals_are_one_step(const struct arrivals *a)
{
    static const double hardly_more_than_one = 1.4;
    size_t count = a->starts[a->segment_count];
    double sum = 0;
    double squares = 0;

    for (size_t i = 0; i < count; i++) {
        double rate = (double)a->list[i].count / a->list[i].seconds;

        sum += rate;
        squares += rate * rate;
    }
    return sum * sum < hardly_more_than_one * squares;
}

/* ---------------------------------------------------------------- pauses */

struct pauses {
    size_t bringing;
    size_t span;    /* from the first that brought some to the last */
    size_t longest; /* between two that did */
    size_t end;     /* since the last */
};

static struct pauses pauses_of(const struct arrival *list, size_t count)
{
    struct pauses p = {.end = count};
    size_t first = 0;
    size_t last = 0;

    for (size_t i = 0; i < count; i++) {
        if (list[i].count == 0)
            continue;
        if (p.bringing == 0)
            first = i;
        else if (i - last > p.longest)
            p.longest = i - last;
        p.bringing++;
        last = i;
    }
    if (p.bringing > 0) {
        p.span = last - first + 1;
        p.end = count - 1 - last;
    }
    return p;
}

bool arrivals_drip(const struct arrivals *a)
{
    enum { FEWEST = 4 };
    size_t count = a->starts[a->segment_count];
    size_t longest = 0;
    size_t pause = 0;

    for (size_t i = 0; i < count; i++) {
        pause++;
        if (a->list[i].count == 0 && i + 1 < count)
            continue;
        longest = pause > longest ? pause : longest;
        pause = 0;
    }
    return a->bringing >= FEWEST && longest * a->bringing <= 2 * count;
}

/* The chance that so long a pause comes by accident, if each dump brings some
 * as often as those of the span did. */
static bool is_over(const struct pauses *p)
{
    static const double unlikely = 0.03;
    static const double impossible = 0.002;
    double rate = (double)p->bringing / (double)(p->span + 1);
    double chance = pow(1 - rate, (double)p->end);

    if (p->bringing == 0)
        return true;
    return (p->end >= 2 * p->longest && chance < unlikely) ||
           (p->end * 10 >= p->longest * 13 && chance < impossible);
}

bool arrivals_paused(const struct arrivals *a)
{
    enum { LONG_ENOUGH = 6 };
    size_t longest = 0;
    struct pauses all = pauses_of(a->list, a->starts[a->segment_count]);
    struct pauses one;

    if (is_over(&all) || a->segment_count == 1)
        return is_over(&all);
    for (size_t n = 1; n < a->segment_count; n++)
        if (a->starts[n + 1] - a->starts[n] >
            a->starts[longest + 1] - a->starts[longest])
            longest = n;
    one = pauses_of(a->list + a->starts[longest],
                    a->starts[longest + 1] - a->starts[longest]);
    return a->starts[longest + 1] - a->starts[longest] >= LONG_ENOUGH &&
           one.bringing > 0 && is_over(&one);
}

/* ------------------------------------------------------------------ pace */

/* The last thirds of all segments that brought some. */
struct pace {
    double events;   /* independent arrivals in all */
    double expected; /* of those late, at an even pace */
    double seen;     /* of those late */
    double late;     /* goroutines that came late */
    double even;     /* ... at an even pace */
};

/*
 * Goroutines come in bursts, so they are fewer events than goroutines: their
 * number over the index of dispersion, taken from successive differences so
 * that a trend adds little (von Neumann 1941, "Distribution of the ratio of
 * the mean square successive difference to the variance").
 */
static double events_of(const struct arrival *list, size_t count, double total,
                        double seconds)
{
    double squares = 0;
    double even = seconds / (double)count;
    double variance = 0;

    for (size_t i = 1; i < count; i++) {
        double step = (double)list[i].count / list[i].seconds * even -
                      (double)list[i - 1].count / list[i - 1].seconds * even;

        squares += step * step;
    }
    variance = squares / (2 * (double)(count - 1));
    return total / fmax(1, variance / (total / (double)count));
}

static void add_pace(struct pace *p, const struct arrival *list, size_t count)
{
    size_t early = count - count / 3;
    double total = 0;
    double seconds = 0;
    double late = 0;
    double late_seconds = 0;
    double events = 0;

    for (size_t i = 0; i < count; i++) {
        total += (double)list[i].count;
        seconds += list[i].seconds;
        late += i >= early ? (double)list[i].count : 0;
        late_seconds += i >= early ? list[i].seconds : 0;
    }
    if (total <= 0)
        return;
    events = events_of(list, count, total, seconds);
    p->events += events;
    p->expected += events * late_seconds / seconds;
    p->seen += events * late / total;
    p->late += late;
    p->even += total * late_seconds / seconds;
}

enum { FEWEST_PACED = 3 };

/* Segment N from the first that brought some on, as a cache may be used late;
 * NULL when it has no pace. */
static const struct arrival *paced(const struct arrivals *a, size_t n,
                                   size_t *count)
{
    size_t from = a->starts[n];

    while (from < a->starts[n + 1] && a->list[from].count == 0)
        from++;
    *count = a->starts[n + 1] - from;
    return *count >= FEWEST_PACED && !a->cut[n] ? a->list + from : NULL;
}

/* The Mann-Kendall test on the rates of arrival, whether they fall. */
static enum grl_status falling_p(const struct arrivals *a, double *p)
{
    struct kendall_series *runs = malloc((a->segment_count + 1) * sizeof *runs);
    struct kendall k;
    size_t count = 0;
    enum grl_status st = GRL_ENOMEM;

    if (runs == NULL)
        return st;
    for (size_t n = 0; n < a->segment_count; n++) {
        size_t n_list = 0;
        const struct arrival *list = paced(a, n, &n_list);
        uint64_t *rates = a->rates + a->starts[n];

        if (list == NULL)
            continue;
        for (size_t i = 0; i < n_list; i++) /* backwards: rising */
            rates[n_list - 1 - i] =
                (uint64_t)(1e6 * (double)list[i].count / list[i].seconds);
        runs[count++] = (struct kendall_series){rates, n_list};
    }
    st = kendall_test(runs, count, &k);
    *p = k.p;
    free(runs);
    return st;
}

enum grl_status arrivals_slow(const struct arrivals *a, bool *slows)
{
    static const double hardly_any = 0.3;
    static const double unlikely = 0.01;
    static const double unlikely_fall = 0.05;
    struct pace p = {0};
    double fall = 1;
    enum grl_status st = GRL_OK;

    *slows = false;
    for (size_t n = 0; n < a->segment_count; n++) {
        size_t count = 0;
        const struct arrival *list = paced(a, n, &count);

        if (list != NULL)
            add_pace(&p, list, count);
    }
    if (p.events <= 0 || p.late >= hardly_any * p.even)
        return GRL_OK;
    st = falling_p(a, &fall);
    *slows = fall < unlikely_fall ||
             binomial_tail(floor(p.seen + 1e-9), fmax(1, round(p.events)),
                           p.expected / p.events) < unlikely;
    return st;
}

/*
 * The last segment brought none, although at the pace of those before, whose
 * events are a Poisson process, it should have.
 */
bool arrivals_ended_by_restart(const struct arrivals *a)
{
    static const double unlikely = 0.01;
    size_t last = a->segment_count - 1;
    double events = 0;
    double seconds = 0;
    double silence = 0;

    for (size_t n = 0; n < last; n++) {
        const struct arrival *list = a->list + a->starts[n];
        size_t count = a->starts[n + 1] - a->starts[n];
        double total = 0;
        double time = 0;

        for (size_t i = 0; i < count; i++) {
            total += (double)list[i].count;
            time += list[i].seconds;
        }
        if (total > 0)
            events += count > 1 ? events_of(list, count, total, time) : 1;
        seconds += time;
    }
    for (size_t i = a->starts[last]; i < a->starts[last + 1]; i++) {
        if (a->list[i].count > 0)
            return false;
        silence += a->list[i].seconds;
    }
    return events > 0 && exp(-events / seconds * silence) < unlikely;
}

void arrivals_free(struct arrivals *a)
{
    free(a->list);
    free(a->starts);
    free(a->cut);
    free(a->rates);
    *a = (struct arrivals){0};
}
