/* What every unit test includes: cmocka with what it needs, and assertions
 * for texts and for numbers that are not whole. */
#ifndef SUPPORT_UNIT_H
#define SUPPORT_UNIT_H

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* GOT holds the bytes of WANT; OF, such as the row of a table, is named when
 * it does not. */
void assert_text(struct grl_text got, const char *want, const char *of);

/* GOT is WANT but for one part in a thousand million, or both are NaN. */
void assert_number(double got, double want, const char *of);

/* GOT is WANT as a table with DIGITS significant digits prints it. */
void assert_printed(double got, double want, int digits, const char *of);

#endif
