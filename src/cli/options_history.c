/* Histories: where they are, how long, and when to speak. */

/* glibc asks for it: strptime() is X/Open's, timegm() a BSD's. */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "message.h"
#include "option.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool set_history(struct settings *s, const char *value)
{
    s->history = value;
    return true;
}

static bool set_instance(struct settings *s, const char *value)
{
    s->instance = value;
    return true;
}

static bool set_duration(const char *option, const char *value, double *out)
{
    return read_duration(value, out) ||
           bad_value(option, value, "a duration such as 90s, 12h or 30d");
}

static bool set_keep(struct settings *s, const char *value)
{
    return set_duration("keep", value, &s->keep);
}

static bool set_remind(struct settings *s, const char *value)
{
    return set_duration("remind", value, &s->remind);
}

static bool set_lock_timeout(struct settings *s, const char *value)
{
    return set_duration("lock-timeout", value, &s->lock_timeout);
}

static bool set_max_size(struct settings *s, const char *value)
{
    unsigned long long n = 0;
    const char *end = value;
    unsigned shift = 0;

    if (!read_number(value, &n, &end) || n == 0 || n > 1ULL << 40)
        return bad_value("max-size", value, "a size such as 500M or 2G");
    if (strcmp(end, "K") == 0)
        shift = 10;
    else if (strcmp(end, "M") == 0)
        shift = 20;
    else if (strcmp(end, "G") == 0)
        shift = 30;
    else if (*end != '\0')
        return bad_value("max-size", value, "a size such as 500M or 2G");
    s->max_size = (uint64_t)n << shift;
    return true;
}

static bool set_exit_news(struct settings *s, const char *value)
{
    (void)value;
    s->exit_news = true;
    return true;
}

static bool set_max_failures(struct settings *s, const char *value)
{
    unsigned long long n = 0;
    const char *end = value;

    if (!read_number(value, &n, &end) || *end != '\0' || n == 0)
        return bad_value("max-failures", value, "a number from 1");
    s->max_failures = n;
    return true;
}

static bool set_notify(struct settings *s, const char *value)
{
    s->notify = value;
    return true;
}

/* "2026-12-31" or "2026-12-31T08:00:00Z", in UTC whatever the time zone; no
 * 31st of February, which timegm() takes for a day of March. */
static bool read_time(const char *value, int64_t *out)
{
    struct tm tm = {0};
    const char *end = strptime(value, "%Y-%m-%d", &tm);
    int day = tm.tm_mday;

    if (end != NULL && *end == 'T')
        end = strptime(end, "T%H:%M:%SZ", &tm);
    if (end == NULL || *end != '\0')
        return false;
    *out = (int64_t)timegm(&tm);
    return tm.tm_mday == day && *out >= 0;
}

static bool set_until(struct settings *s, const char *value)
{
    return read_time(value, &s->until) ||
           bad_value("until", value, "a date such as 2026-12-31");
}

static bool set_now(struct settings *s, const char *value)
{
    s->now_given = true;
    return read_time(value, &s->now) ||
           bad_value("now", value, "a time such as 2026-12-31T08:00:00Z");
}

static bool set_why(struct settings *s, const char *value)
{
    s->why = value;
    return true;
}

static const struct option_spec specs[] = {
    {"history", "DB", FOR_RECORD | FOR_CHECK, '\0',
     "the file of the history, made when it is not there", set_history},
    {"history", "DB", FOR_HISTORY | FOR_SILENCE | FOR_UNSILENCE, '\0',
     "the file of the history, as record and check make it", set_history},
    {"history", "DB", FOR_TREND, '\0',
     "judge what this history has, in place of FILEs", set_history},
    {"instance", "NAME", FOR_RECORD | FOR_CHECK | FOR_HISTORY, '\0',
     "which process the dump is of, where a history has several", set_instance},
    {"keep", "DURATION", FOR_RECORD | FOR_CHECK | FOR_HISTORY, '\0',
     "drop snapshots that are older", set_keep},
    {"max-size", "SIZE", FOR_RECORD | FOR_CHECK | FOR_HISTORY, '\0',
     "thin the older half of the snapshots when they take more: 500M",
     set_max_size},
    {"remind", "DURATION", FOR_CHECK, '\0',
     "tell an open leak again after that (default 7d)", set_remind},
    {"exit-news", NULL, FOR_CHECK, '\0',
     "exit with 1 only when there is news, not while a leak is open",
     set_exit_news},
    {"max-failures", "N", FOR_CHECK, '\0',
     "say that no dump can be had the Nth time in a row, and again after "
     "--remind (default: each time)",
     set_max_failures},
    {"notify", "COMMAND", FOR_CHECK, '\0',
     "run this shell command for each piece of news: the report is its "
     "standard input, GOROLEAK_NEWS, _INSTANCE, _SIGNATURE, _FUNCTION "
     "and _COUNT are in its environment",
     set_notify},
    {"lock-timeout", "DURATION", FOR_HISTORIES, '\0',
     "how long to wait for another goroleak (default 10s)", set_lock_timeout},
    {"until", "DATE", FOR_SILENCE, '\0', "speak again from then on", set_until},
    {"why", "TEXT", FOR_SILENCE, '\0', "a note for whoever asks", set_why},
    {"now", "TIME", (FOR_HISTORIES & ~FOR_UNSILENCE) | SET_FIRST, '\0',
     "the time to go by in place of the clock: YYYY-MM-DDTHH:MM:SSZ", set_now},
};

const struct option_group options_history = {"History", specs,
                                             sizeof specs / sizeof specs[0]};
