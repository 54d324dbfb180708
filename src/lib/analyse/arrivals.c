#include "analyse/arrivals.h"

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

void arrivals_free(struct arrivals *a)
{
    free(a->list);
    free(a->starts);
    free(a->cut);
    free(a->rates);
    *a = (struct arrivals){0};
}
