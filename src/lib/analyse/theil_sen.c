#include "analyse/theil_sen.h"

#include "analyse/median.h"

#include <stdlib.h>

/* The slopes of all pairs; returns how many there are. */
static size_t slopes_of(const struct point *points, size_t count, size_t step,
                        double *slopes)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i += step)
        for (size_t k = i + step; k < count; k += step)
            if (points[k].segment == points[i].segment &&
                points[k].x > points[i].x)
                slopes[n++] = (points[k].y - points[i].y) /
                              (points[k].x - points[i].x);
    return n;
}

enum grl_status theil_sen(const struct point *points, size_t count, double *out)
{
    size_t step = (count + THEIL_SEN_MOST - 1) / THEIL_SEN_MOST;
    size_t used = 0;
    double *slopes = NULL;

    step = step > 0 ? step : 1;
    used = (count + step - 1) / step;
    slopes = malloc((used * used / 2 + 1) * sizeof *slopes);
    if (slopes == NULL)
        return GRL_ENOMEM;
    *out = median(slopes, slopes_of(points, count, step, slopes));
    free(slopes);
    return GRL_OK;
}
