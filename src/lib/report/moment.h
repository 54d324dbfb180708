/* Times, in UTC whatever the time zone of this process is. */
#ifndef REPORT_MOMENT_H
#define REPORT_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

enum { MOMENT_BYTES = 40, MOMENT_CLOCK = 11 };

/* SECONDS since 1970 as "2026-11-23T06:20:12Z".  False, and TEXT stays as it
 * is, when they are GRL_NO_TIME or no date. */
bool moment_exact(char text[MOMENT_BYTES], int64_t seconds);

/* The same as "2026-11-23 06:20"; the time of day is from MOMENT_CLOCK on. */
bool moment_short(char text[MOMENT_BYTES], int64_t seconds);

#endif
