#include "show.h"

#include "job.h"
#include "message.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static bool is_signature(const char *text)
{
    size_t len = strlen(text);

    return len >= 6 && len <= 32 && strspn(text, "0123456789abcdef") == len;
}

/* "2026-05-01 02:00:00      12", the time in UTC. */
static bool put_count(const struct grl_report *r, const struct grl_dump *dump)
{
    char text[80] = "?";
    time_t t = (time_t)dump->time;
    struct tm tm;
    size_t n = 1;

    if (dump->time != GRL_NO_TIME && gmtime_r(&t, &tm) != NULL)
        n = strftime(text, 32, "%Y-%m-%d %H:%M:%S", &tm);
    n += (size_t)snprintf(
        text + n, sizeof text - n, "  %6llu\n",
        (unsigned long long)(dump->goroutines - dump->ignored));
    return r->write(r->user, text, n);
}

static enum grl_status report_series(const struct grl_report *r, void *user,
                                     struct grl_error *err)
{
    const struct grl_dumps *d = user;
    struct grl_trend *t = NULL;
    enum grl_status st = GRL_OK;

    for (size_t i = 0; i < grl_dumps_count(d); i++)
        if (!put_count(r, grl_dumps_get(d, i)))
            return GRL_EIO;
    if (!r->write(r->user, "\n", 1))
        return GRL_EIO;
    st = grl_trend_new(&t, d, err);
    if (st == GRL_OK)
        st = grl_report_trend(r, d, t, err);
    grl_trend_free(t);
    return st;
}

static enum grl_status report_last(const struct grl_report *r, void *user,
                                   struct grl_error *err)
{
    return grl_report_scan(r, user, err);
}

/* MOST snapshots; NULL, and told, when there are none. */
static struct grl_dumps *load(struct settings *s, struct grl_history *h,
                              size_t most)
{
    const char *name = s->instance;
    struct grl_dumps *d = job_new(s);
    struct grl_error err = {.code = GRL_OK};

    if (d == NULL)
        return NULL;
    if (grl_history_load(h, name, most, d, &err) != GRL_OK)
        complain_error(s->history, &err);
    else if (grl_dumps_count(d) == 0)
        complain("%s: has no snapshot of '%s'; 'history list' says of whom it "
                 "has",
                 s->history, name);
    else
        return d;
    grl_dumps_free(d);
    return NULL;
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
    char rule[48];
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    snprintf(rule, sizeof rule, "signature:^%s", signature);
    if (grl_rules_add(s->options.rules, GRL_ONLY, rule, NULL) != GRL_OK)
        return EXIT_TROUBLE;
    s->options.keep_ids = true;
    s->report.all = true;
    d = load(s, h, INT32_MAX);
    if (d != NULL && is_there(d))
        status = job_finish(s, d, report_series, d, EXIT_CLEAN);
    else if (d != NULL)
        complain("%s: no stack with signature %s", s->history, signature);
    grl_dumps_free(d);
    return status;
}

int show(struct settings *s, struct grl_history *h, const char *signature)
{
    struct grl_dumps *d = NULL;
    int status = EXIT_TROUBLE;

    signature += signature[0] == '#';
    if (is_signature(signature))
        return show_series(s, h, signature);
    if (signature[0] != '\0') {
        complain("history show: '%s' is no signature", signature);
        return EXIT_TROUBLE;
    }
    s->options.merge = true;
    d = load(s, h, 1);
    if (d != NULL)
        status = job_finish(s, d, report_last, d, EXIT_CLEAN);
    grl_dumps_free(d);
    return status;
}
