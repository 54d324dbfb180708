#include "analyse/old_waits.h"

enum { SLACK = 3 }; /* minutes: garbage collections set the clock of waits */

static void count_wait(const struct series *s, size_t row, size_t d,
                       int64_t minutes, struct old_waits *w)
{
    const struct tally *now = series_tally(s, row, d);
    const struct tally *next = series_tally(s, row, d + 1);
    int64_t grown = 0;

    if (now == NULL || now->pub.waits.known == 0)
        return;
    if (next == NULL || next->pub.waits.known == 0 ||
        next->pub.waits.max <= minutes + SLACK) {
        w->anew += now->pub.waits.max > minutes + SLACK;
        return;
    }
    grown = next->pub.waits.max - now->pub.waits.max;
    w->on += grown >= minutes - SLACK && grown <= minutes + SLACK &&
             idset_common(idset_of(now), idset_of(next)) > 0;
}

struct old_waits old_waits_at(const struct series *s, size_t d)
{
    int64_t then = s->dumps[d]->info.time;
    int64_t now = s->dumps[d + 1]->info.time;
    struct old_waits w = {0, 0};

    if (then == GRL_NO_TIME || now == GRL_NO_TIME || now <= then)
        return w;
    for (size_t row = 0; row < s->row_count; row++)
        count_wait(s, row, d, (now - then) / 60, &w);
    return w;
}
