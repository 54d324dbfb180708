/* The moment a file's name tells. */
#ifndef INPUT_NAME_TIME_H
#define INPUT_NAME_TIME_H

#include "base/text.h"

/*
 * Seconds since 1970 UTC of the last timestamp in the base name of PATH, or
 * GRL_NO_TIME.  Understood: 20240506T070809Z, 20240506-070809,
 * 2024-05-06T07:08:09Z, 2024-05-06_07-08-09, 2024-05-06T07:08:09+02:00, the
 * same without seconds or with only the date, and 10 or 13 digits of seconds
 * or milliseconds since 1970.  Without a zone a time is taken as UTC.
 */
int64_t name_time(const char *path);

#endif
