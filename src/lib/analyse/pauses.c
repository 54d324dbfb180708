#include "analyse/pauses.h"

#include <math.h>

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

/* The pauses before each that brought some, and the one at the end. */
struct beat {
    size_t shortest, longest, end;
};

static struct beat beat_of(const struct arrival *list, size_t count)
{
    struct beat b = {.shortest = SIZE_MAX};

    for (size_t i = 0; i < count; i++) {
        b.end++;
        if (list[i].count == 0)
            continue;
        b.longest = b.end > b.longest ? b.end : b.longest;
        b.shortest = b.end < b.shortest ? b.end : b.shortest;
        b.end = 0;
    }
    return b;
}

bool arrivals_drip(const struct arrivals *a)
{
    enum { FEWEST_EVEN = 3, FEWEST = 4 };
    size_t count = a->starts[a->segment_count];
    struct beat b = beat_of(a->list, count);
    size_t longest = b.end > b.longest ? b.end : b.longest;

    if (a->segment_count > 1 || a->bringing < FEWEST_EVEN)
        return false;
    if (b.longest - b.shortest <= 1 && b.end <= b.longest)
        return true;
    return a->bringing >= FEWEST && longest * a->bringing * 2 <= count * 3;
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
