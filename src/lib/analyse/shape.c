#include "analyse/shape.h"

static void add_steps(struct shape *s, const uint64_t *counts, size_t from,
                      size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        s->steps++;
        s->last_step = 0;
        if (counts[i] > counts[i - 1]) {
            s->rises++;
            s->last_step = counts[i] - counts[i - 1];
            s->risen += s->last_step;
            if (s->last_step > s->largest_step)
                s->largest_step = s->last_step;
        } else if (counts[i] < counts[i - 1]) {
            s->falls++;
            s->fallen += counts[i - 1] - counts[i];
        }
    }
}

static void add_highs(struct shape *s, const uint64_t *counts, size_t from,
                      size_t to)
{
    uint64_t high = counts[from];
    size_t at = from;

    for (size_t i = from + 1; i < to; i++) {
        if (counts[i] <= high)
            continue;
        if (s->highs > 0 && i - at > s->longest_wait)
            s->longest_wait = i - at;
        high = counts[i];
        at = i;
        s->highs++;
    }
    s->since_high = to - 1 - at;
}

struct shape shape_of(const uint64_t *counts, const struct samples *s)
{
    struct shape shape = {0};

    for (size_t n = 0; n < s->segment_count; n++) {
        const struct stretch *st = &s->stretches[n];

        add_steps(&shape, counts, st->from, st->to);
        if (n + 1 == s->segment_count && st->to > st->from)
            add_highs(&shape, counts, st->from, st->to);
    }
    return shape;
}

bool shape_is_plateau(const struct shape *s)
{
    enum { SHORTEST = 3 };

    return s->highs > 0 && s->since_high >= SHORTEST &&
           s->since_high >= 2 * s->longest_wait;
}

bool shape_is_oscillation(const struct shape *s)
{
    return s->rises > 0 && s->falls > 0 && s->fallen * 2 >= s->risen;
}
