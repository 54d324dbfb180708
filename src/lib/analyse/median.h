/* The median, which one wild value does not move. */
#ifndef ANALYSE_MEDIAN_H
#define ANALYSE_MEDIAN_H

#include <stddef.h>

/* Of COUNT values, which get sorted; the mean of the middle two where COUNT is
 * even; NaN without any. */
double median(double *values, size_t count);

#endif
