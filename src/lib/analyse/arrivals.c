#include "analyse/arrivals.h"

#include <math.h>

static void count_gaps(struct arrivals *a, const struct arrival *list)
{
    size_t first = 0;
    size_t last = 0;

    for (size_t i = 0; i < a->dumps; i++) {
        if (list[i].stayed == 0)
            continue;
        if (a->bringing == 0)
            first = i;
        else if (i - last > a->longest_gap)
            a->longest_gap = i - last;
        a->bringing++;
        last = i;
    }
    a->span = a->bringing > 0 ? last - first + 1 : 0;
    a->end_gap = a->bringing > 0 ? a->dumps - 1 - last : a->dumps;
}

static void count_late(struct arrivals *a, const struct arrival *list)
{
    double hours = 0;
    double late_hours = 0;
    uint64_t late = 0;

    for (size_t i = 0; i < a->dumps; i++) {
        bool is_late = i * 3 >= a->dumps * 2;

        a->stayed += list[i].stayed;
        hours += list[i].hours;
        if (!is_late)
            continue;
        a->late_dumps++;
        a->late_bringing += list[i].stayed > 0 ? 1 : 0;
        late += list[i].stayed;
        late_hours += list[i].hours;
    }
    a->late_rate = a->stayed > 0 && late_hours > 0
                       ? ((double)late / late_hours) /
                             ((double)a->stayed / hours)
                       : NAN;
}

struct arrivals arrivals_of(const struct arrival *list, size_t count)
{
    struct arrivals a = {.dumps = count};

    count_gaps(&a, list);
    count_late(&a, list);
    return a;
}

/* The chance that so long a pause comes by accident, if each dump brings some
 * as often as those of the span did. */
static double pause_chance(const struct arrivals *a)
{
    double rate = (double)a->bringing / (double)(a->span + 1);

    return pow(1 - rate, (double)a->end_gap);
}

/* The chance that so few of the bringing dumps are late ones. */
static double late_chance(const struct arrivals *a)
{
    double share = (double)a->late_dumps / (double)a->dumps;
    double n = (double)a->bringing;
    double p = 0;

    for (size_t k = 0; k <= a->late_bringing; k++)
        p += exp(lgamma(n + 1) - lgamma((double)k + 1) -
                 lgamma(n - (double)k + 1) + (double)k * log(share) +
                 (n - (double)k) * log(1 - share));
    return p;
}

bool arrivals_stopped(const struct arrivals *a)
{
    static const double unlikely_pause = 0.03;
    static const double unlikely_late = 0.01;
    static const double hardly_any = 0.3;
    enum { ENOUGH = 20 };

    if (a->bringing == 0)
        return true;
    if (a->end_gap >= 2 * a->longest_gap && pause_chance(a) < unlikely_pause)
        return true;
    if (a->late_dumps == 0 || a->late_dumps == a->dumps)
        return false;
    return late_chance(a) < unlikely_late ||
           (a->stayed >= ENOUGH && a->late_rate < hardly_any);
}
