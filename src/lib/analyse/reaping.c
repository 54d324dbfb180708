#include "analyse/reaping.h"

bool reaping_may_come(const struct series *s, const struct stay *at)
{
    enum { SEVERAL = 3 };
    size_t longest = 0; /* samples from one reaping to the next */
    size_t since = 0;

    for (size_t n = 0; n < s->samples.segment_count; n++) {
        const struct stretch *st = &s->samples.stretches[n];
        size_t start = st->from;

        for (size_t i = st->from; i < st->to; i++) {
            if (at[i].left < SEVERAL || at[i].left * 2 < at[i].seen)
                continue;
            if (i - start + 1 > longest)
                longest = i - start + 1;
            start = i + 1;
        }
        since = st->to > start ? st->to - 1 - start : 0;
    }
    return longest > 0 && since <= 2 * longest;
}
