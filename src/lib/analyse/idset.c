#include "analyse/idset.h"

struct idset idset_of(const struct tally *t)
{
    if (t == NULL || t->pub.id_count != t->pub.count)
        return (struct idset){NULL, 0};
    return (struct idset){t->pub.ids, t->pub.id_count};
}

uint64_t idset_common(struct idset a, struct idset b)
{
    uint64_t common = 0;
    size_t i = 0;
    size_t k = 0;

    while (i < a.count && k < b.count) {
        bool step_a = a.ids[i] <= b.ids[k];
        bool step_b = b.ids[k] <= a.ids[i];

        common += step_a && step_b;
        i += step_a;
        k += step_b;
    }
    return common;
}
