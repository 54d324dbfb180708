#include "analyse/multiple.h"

#include <math.h>
#include <stdlib.h>

static int compare_targets(const void *pa, const void *pb)
{
    const double *a = *(double *const *)pa;
    const double *b = *(double *const *)pb;

    return (*a > *b) - (*a < *b);
}

enum grl_status adjust_p_values(double *p, size_t count)
{
    double **order = malloc((count + 1) * sizeof *order);
    double least = 1;
    size_t n = 0;

    if (order == NULL)
        return GRL_ENOMEM;
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i]))
            order[n++] = &p[i];
    if (n > 0)
        qsort(order, n, sizeof *order, compare_targets);
    for (size_t rank = n; rank > 0; rank--) {
        double adjusted = *order[rank - 1] * (double)n / (double)rank;

        least = adjusted < least ? adjusted : least;
        *order[rank - 1] = least;
    }
    free(order);
    return GRL_OK;
}
