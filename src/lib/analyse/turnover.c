#include "analyse/turnover.h"

#include "analyse/binomial.h"

static void add_first(struct turnover *t, const struct stay *first)
{
    t->first += first->settled;
    t->first_gone += first->settled - first->stayed;
    t->gone += first->came - first->alive;
    t->left += first->left;
}

/* The last third of a segment is recent, its first half old. */
static void add(struct turnover *t, const struct stretch *st, size_t place,
                const struct stay *at, bool last)
{
    enum { LONG_ENOUGH = 5 };
    size_t n = st->to - st->from;
    size_t whole = st->whole - st->from;
    size_t i = place - st->from;

    t->came += at->came;
    t->gone += at->came - at->alive;
    t->alive += at->alive;
    if (place >= st->calm) {
        t->settled += at->settled;
        t->stayed += at->stayed;
    }
    t->left += at->left;
    if (i + 1 < n) {
        t->added += at->came;
        t->survived += at->alive;
    }
    if (last && i < whole && i * 3 >= whole * 2) {
        t->recent_settled += at->settled;
        t->recent_left += at->left;
    }
    if (last && place >= st->open)
        t->fresh += at->alive;
    if (n >= LONG_ENOUGH && i <= n / 2) {
        t->elders += at->settled;
        t->elders_stayed += at->stayed;
    }
}

static bool knows_ids(const struct series *s, size_t row)
{
    for (size_t i = s->starts[row]; i < s->starts[row + 1]; i++)
        if (s->cells[i].tally->pub.id_count != s->cells[i].tally->pub.count)
            return false;
    return true;
}

struct turnover turnover_of(const struct series *s, const struct stay *at,
                            size_t row)
{
    struct turnover t = {.known = knows_ids(s, row)};
    size_t count = s->samples.segment_count;

    for (size_t n = 0; n < count; n++) {
        const struct stretch *st = &s->samples.stretches[n];

        if (st->from < st->to)
            add_first(&t, &at[st->from]);
        for (size_t i = st->from + 1; i < st->to; i++)
            add(&t, st, i, &at[i], n + 1 == count);
    }
    return t;
}

bool turnover_is_pure(const struct turnover *t)
{
    return t->came > 0 && t->alive * 20 >= t->came * 17;
}

bool turnover_is_nil(const struct turnover *t)
{
    return t->gone == 0;
}

bool turnover_stays(const struct turnover *t)
{
    enum { SEVERAL = 3 };
    uint64_t recent = 0;

    if (t->stayed * 2 < t->settled)
        return false;
    if (t->elders >= SEVERAL && t->elders_stayed * 2 < t->elders)
        return false;
    if (t->first > SEVERAL && t->first_gone * 2 > t->first)
        return false;
    recent = t->recent_settled + (turnover_is_pure(t) ? t->fresh : 0);
    return t->recent_left * 5 <= recent * 3 + 5;
}

double turnover_p_value(const struct turnover *t)
{
    if (t->settled <= t->left)
        return 1;
    return binomial_tail((double)t->left, (double)(t->settled + t->left), 0.5);
}
