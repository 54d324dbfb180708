#include "show.h"

#include "job.h"
#include "keeping.h"
#include "message.h"
#include "signature.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Only digits, and too few for the beginning of a signature as it is printed.
 */
static bool is_number(const char *text)
{
    size_t len = strlen(text);

    return len > 0 && len <= 9 && strspn(text, "0123456789") == len;
}

static enum grl_status failed(struct grl_error *err)
{
    *err = (struct grl_error){
        .code = GRL_EIO, .what = "cannot write", .sys = errno};
    return GRL_EIO;
}

/* "2026-05-01 02:00:00", in UTC, and AFTER. */
static bool put_time(const struct grl_report *r, const struct grl_dump *dump,
                     const char *after)
{
    char text[96] = "?";
    time_t t = (time_t)dump->time;
    struct tm tm;
    size_t n = 1;

    if (dump->time != GRL_NO_TIME && gmtime_r(&t, &tm) != NULL)
        n = strftime(text, 32, "%Y-%m-%d %H:%M:%S", &tm);
    n += (size_t)snprintf(text + n, sizeof text - n, "%s\n", after);
    return r->write(r->user, text, n);
}

static bool put_counts(const struct grl_report *r, const struct grl_dumps *d)
{
    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        const struct grl_dump *dump = grl_dumps_get(d, i);
        char count[32];

        snprintf(count, sizeof count, "  %6llu",
                 (unsigned long long)(dump->goroutines - dump->ignored));
        if (!put_time(r, dump, count))
            return false;
    }
    return r->write(r->user, "\n", 1);
}

static enum grl_status report_series(const struct grl_report *r, void *user,
                                     struct grl_error *err)
{
    const struct grl_dumps *d = user;
    struct grl_trend *t = NULL;
    enum grl_status st = GRL_OK;

    if (r->format == GRL_TEXT && !put_counts(r, d))
        return failed(err);
    st = grl_trend_new(&t, d, err);
    if (st == GRL_OK)
        st = grl_report_trend(r, d, t, err);
    grl_trend_free(t);
    return st;
}

static enum grl_status report_one(const struct grl_report *r, void *user,
                                  struct grl_error *err)
{
    const struct grl_dumps *d = user;

    if (r->format == GRL_TEXT && !put_time(r, grl_dumps_get(d, 0), " UTC"))
        return failed(err);
    return grl_report_scan(r, d, err);
}

static bool is_there(const struct grl_dumps *d)
{
    for (size_t i = 0; i < grl_dumps_count(d); i++)
        if (grl_cluster_count(d, i) > 0)
            return true;
    return false;
}

static int show_series(struct settings *s, struct grl_history *h,
                       const char *signature)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    if (!signature_only(s, signature))
        return EXIT_TROUBLE;
    s->options.keep_ids = true;
    s->report.all = true;
    d = keeping_load(s, h, INT32_MAX);
    if (d != NULL && is_there(d))
        status = job_finish(s, d, report_series, d, EXIT_CLEAN);
    else if (d != NULL)
        complain("%s: no stack with signature %s", s->history, signature);
    grl_dumps_free(d);
    return status;
}

/* The snapshot with NUMBER; NULL, and told, when there is none. */
static struct grl_dumps *load_one(struct settings *s, struct grl_history *h,
                                  const char *number)
{
    struct grl_dumps *d = job_new(s);
    struct grl_error err = {.code = GRL_OK};
    bool found = false;

    if (d == NULL)
        return NULL;
    if (grl_history_load_one(h, strtol(number, NULL, 10), d, &found, &err) !=
        GRL_OK)
        complain_error(s->history, &err);
    else if (!found)
        complain("%s: has no snapshot %s; 'history --all list' says which it "
                 "has",
                 s->history, number);
    else
        return d;
    grl_dumps_free(d);
    return NULL;
}

static int show_one(struct settings *s, struct grl_history *h,
                    const char *number)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    s->options.merge = true;
    d = number[0] == '\0' ? keeping_load(s, h, 1) : load_one(s, h, number);
    if (d != NULL)
        status = job_finish(s, d, report_one, d, EXIT_CLEAN);
    grl_dumps_free(d);
    return status;
}

int show(struct settings *s, struct grl_history *h, const char *what)
{
    const char *signature = signature_of(what);

    if (what[0] == '\0' || is_number(what))
        return show_one(s, h, what);
    if (signature != NULL)
        return show_series(s, h, signature);
    complain("history show: '%s' is no signature, and no number of a snapshot",
             what);
    return EXIT_TROUBLE;
}
