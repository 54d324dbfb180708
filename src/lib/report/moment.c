#include "report/moment.h"

#include <goroleak.h>

#include <stddef.h>
#include <time.h>

static bool utc(struct tm *out, int64_t seconds)
{
    time_t t = (time_t)seconds;

    return seconds != GRL_NO_TIME && gmtime_r(&t, out) != NULL;
}

bool moment_exact(char text[MOMENT_BYTES], int64_t seconds)
{
    struct tm tm;

    return utc(&tm, seconds) &&
           strftime(text, MOMENT_BYTES, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0;
}

bool moment_short(char text[MOMENT_BYTES], int64_t seconds)
{
    struct tm tm;

    return utc(&tm, seconds) &&
           strftime(text, MOMENT_BYTES, "%Y-%m-%d %H:%M", &tm) > 0;
}
