#include "support/series_text.h"

#include "../api/made.h"

struct grl_dumps *series_of(const char *const *specs, size_t count)
{
    struct grl_dumps *d = made_dumps(NULL);

    for (size_t i = 0; i < count; i++)
        made_dump(d, specs[i]);
    assert_int_equal(grl_dumps_count(d), count);
    return d;
}

const struct grl_cluster *cluster_of(const struct grl_dumps *d, size_t i,
                                     char letter)
{
    for (size_t k = 0; k < grl_cluster_count(d, i); k++) {
        const struct grl_cluster *c = grl_cluster_get(d, i, k);

        if (c->frame_count > 0 && c->frames[0]->function[5] == letter)
            return c;
    }
    return NULL;
}
