#include "analyse/median.h"

#include <math.h>
#include <stdlib.h>

static int compare_values(const void *pa, const void *pb)
{
    const double *a = pa;
    const double *b = pb;

    return (*a > *b) - (*a < *b);
}

double median(double *values, size_t count)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, compare_values);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}
