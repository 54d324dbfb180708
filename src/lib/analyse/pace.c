#include "analyse/pace.h"

#include "analyse/binomial.h"
#include "analyse/kendall.h"

#include <math.h>
#include <stdlib.h>

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
 * false when it has no pace. */
static bool paced(const struct arrivals *a, size_t n,
                  const struct arrival **list, size_t *count)
{
    size_t from = a->starts[n];

    while (from < a->starts[n + 1] && a->list[from].count == 0)
        from++;
    *list = a->list + from;
    *count = a->starts[n + 1] - from;
    return *count >= FEWEST_PACED && !a->cut[n];
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
        const struct arrival *list = NULL;
        uint64_t *rates = a->rates + a->starts[n];

        if (!paced(a, n, &list, &n_list))
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
    static const double unlikely = 0.03;
    static const double unlikely_fall = 0.05;
    enum { SHORT = 8 }; /* over longer times traffic falls too */
    static const double much_less = 0.6;
    static const double steady_fall = 0.01;
    struct pace p = {0};
    double fall = 1;
    enum grl_status st = GRL_OK;

    *slows = false;
    for (size_t n = 0; n < a->segment_count; n++) {
        size_t count = 0;
        const struct arrival *list = NULL;

        if (paced(a, n, &list, &count))
            add_pace(&p, list, count);
    }
    if (p.events <= 0 || p.late >= much_less * p.even)
        return GRL_OK;
    st = falling_p(a, &fall);
    *slows = fall < steady_fall && a->starts[a->segment_count] <= SHORT;
    if (p.late >= hardly_any * p.even)
        return st;
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
    static const double unlikely = 0.03;
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
