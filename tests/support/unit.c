#include "support/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void assert_text(struct grl_text got, const char *want, const char *of)
{
    if (!text_equal(got, text_of(want)))
        fail_msg("%s: \"%.*s\", not \"%s\"", of, (int)got.len, got.ptr, want);
}

void assert_number(double got, double want, const char *of)
{
    if (isnan(got) && isnan(want))
        return;
    if (!(fabs(got - want) <= fabs(want) * 1e-9))
        fail_msg("%s: %.12g, not %.12g", of, got, want);
}

/* Tables round halves either way, so one unit of the last digit may differ by
 * a hair more than a half. */
void assert_printed(double got, double want, int digits, const char *of)
{
    double unit = pow(10, floor(log10(want)) - digits + 1);

    if (!(fabs(got - want) <= unit * 0.501))
        fail_msg("%s: %.6g, not %.*g", of, got, digits, want);
}
