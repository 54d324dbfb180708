#include "input/name_time.h"

/* Days from 1970-01-01 to a date of the Gregorian calendar; Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
    int64_t era = 0;
    int64_t yoe = 0;
    int64_t doy = 0;

    y -= m <= 2;
    era = y / 400;
    yoe = y - era * 400;
    doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/* N digits off the front of *T as a number within LOW..HIGH. */
static bool eat_field(struct grl_text *t, size_t n, int64_t low, int64_t high,
                      int64_t *out)
{
    int64_t value = 0;

    if (t->len < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!byte_is_digit(t->ptr[i]))
            return false;
        value = value * 10 + (t->ptr[i] - '0');
    }
    if (value < low || value > high)
        return false;
    *t = text_sub(*t, n, t->len);
    *out = value;
    return true;
}

static bool eat_any(struct grl_text *t, const char *bytes)
{
    if (t->len == 0 || t->ptr[0] == '\0' || strchr(bytes, t->ptr[0]) == NULL)
        return false;
    *t = text_sub(*t, 1, t->len);
    return true;
}

static int64_t days_in_month(int64_t y, int64_t m)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);

    return days[m - 1] + (m == 2 && leap ? 1 : 0);
}

static size_t digits_at(struct grl_text t)
{
    size_t n = 0;

    while (n < t.len && byte_is_digit(t.ptr[n]))
        n++;
    return n;
}

/* A date alone, or with hours and minutes, or with seconds too, in one run of
 * digits; any other number of them is no date. */
static bool is_compact(size_t digits)
{
    return digits == 8 || digits == 12 || digits == 14;
}

static bool eat_date(struct grl_text *t, int64_t *days)
{
    struct grl_text r = *t;
    int64_t y = 0;
    int64_t m = 0;
    int64_t d = 0;
    bool parted = false;

    if (!eat_field(&r, 4, 1990, 2199, &y))
        return false;
    parted = eat_any(&r, "-_.");
    if (!parted && !is_compact(digits_at(*t)))
        return false;
    if (!eat_field(&r, 2, 1, 12, &m) || eat_any(&r, "-_.") != parted ||
        !eat_field(&r, 2, 1, 31, &d) || d > days_in_month(y, m) ||
        (parted && digits_at(r) > 0))
        return false;
    *days = days_from_civil(y, m, d);
    *t = r;
    return true;
}

/* "+02:00", "-0700", "Z" or nothing; seconds to subtract. */
static int64_t eat_zone(struct grl_text *t)
{
    struct grl_text r = *t;
    int64_t sign = text_starts(r, TEXT("-")) ? -1 : 1;
    int64_t h = 0;
    int64_t m = 0;

    if (!eat_any(&r, "+-") || !eat_field(&r, 2, 0, 14, &h))
        return 0;
    eat_any(&r, ":");
    if (!eat_field(&r, 2, 0, 59, &m) || m % 15 != 0 ||
        (r.len > 0 && byte_is_digit(r.ptr[0])))
        return 0; /* "-0001" is a number, no zone */
    *t = r;
    return sign * (h * 3600 + m * 60);
}

/* The time of day behind a date; midnight when there is none. */
static int64_t eat_clock(struct grl_text *t)
{
    struct grl_text r = *t;
    int64_t h = 0;
    int64_t m = 0;
    int64_t s = 0;

    eat_any(&r, "T_- .");
    if (!eat_field(&r, 2, 0, 23, &h))
        return 0;
    eat_any(&r, ":-_.");
    if (!eat_field(&r, 2, 0, 59, &m))
        return 0;
    *t = r;
    eat_any(&r, ":-_.");
    if (eat_field(&r, 2, 0, 60, &s))
        *t = r;
    return h * 3600 + m * 60 + s - eat_zone(t);
}

static bool eat_epoch(struct grl_text *t, int64_t *out)
{
    size_t n = 0;

    while (n < t->len && byte_is_digit(t->ptr[n]))
        n++;
    if (n == 10)
        return eat_field(t, 10, 600000000, 7000000000, out);
    if (n != 13 || !eat_field(t, 13, 600000000000, 7000000000000, out))
        return false;
    *out /= 1000;
    return true;
}

int64_t name_time(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct grl_text t = text_of(slash != NULL ? slash + 1 : path);
    int64_t found = GRL_NO_TIME;
    bool after_digit = false;

    while (t.len > 0) {
        int64_t value = 0;

        if (!after_digit && eat_epoch(&t, &value)) {
            found = value;
        } else if (!after_digit && eat_date(&t, &value)) {
            found = value * 86400 + eat_clock(&t);
        } else {
            after_digit = byte_is_digit(t.ptr[0]);
            t = text_sub(t, 1, t.len);
        }
    }
    return found;
}
