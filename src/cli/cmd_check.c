#include "behind.h"
#include "commands.h"
#include "job.h"
#include "keeping.h"
#include "message.h"
#include "mixed.h"
#include "notify.h"
#include "output.h"
#include "suppress.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Snapshots that are judged: more add little, and a check is to be quick. */
enum { JUDGED = 64 };

struct checking {
    struct settings *settings;
    struct grl_history *history;
    struct grl_dumps *taken;  /* what was given */
    struct grl_dumps *series; /* what the history has of it */
    struct grl_trend *trend;  /* NULL while there is but one dump */
    struct grl_news *news;
    size_t count;
    size_t open; /* leaks that are open now */
    /* Why the series is not judged: it is of two processes, or does not end in
     * what was given. */
    bool mixed;
    bool behind;
};

static bool failed(const struct grl_error *err)
{
    complain_error(NULL, err);
    return false;
}

/* What nobody is shown stays news. */
static bool keep_told(const struct checking *c, const struct grl_told *t)
{
    struct grl_error err;

    if (c->settings->quiet && c->settings->notify == NULL)
        return true;
    return grl_history_tell(c->history, c->settings->instance, t, &err) ==
               GRL_OK ||
           failed(&err);
}

static bool add_news(struct checking *c, const struct grl_news *n)
{
    struct grl_news *more = realloc(c->news, (c->count + 1) * sizeof *more);

    if (more == NULL) {
        complain("out of memory");
        return false;
    }
    c->news = more;
    c->news[c->count++] = *n;
    return true;
}

static struct grl_told as_told(const struct checking *c,
                               const struct grl_finding *f)
{
    const struct grl_frame *at = f->cluster->blocked_in;
    struct grl_told t = {.since = c->settings->now,
                         .told = c->settings->now,
                         .count = f->last,
                         .open = true};

    snprintf(t.signature, sizeof t.signature, "%s", f->cluster->signature);
    snprintf(t.name, sizeof t.name, "%s",
             at != NULL ? at->function : "no frame");
    return t;
}

/* Is F, told as WAS when KNOWN, worth telling now? */
static bool is_news(const struct checking *c, const struct grl_finding *f,
                    const struct grl_told *was, bool known,
                    enum grl_news_kind *kind)
{
    double age = (double)(c->settings->now - was->told);

    *kind = GRL_NEWS_FOUND;
    if (!known || !was->open)
        return true;
    *kind = f->last >= 2 * was->count ? GRL_NEWS_WORSE : GRL_NEWS_STILL;
    return *kind == GRL_NEWS_WORSE || age >= c->settings->remind;
}

static bool look_at_leak(struct checking *c, const struct grl_finding *f)
{
    struct grl_error err;
    struct grl_news n = {.instance = c->settings->instance, .finding = f};
    struct grl_told now = as_told(c, f);
    struct grl_told was = {.open = false};
    bool silent = false;
    bool known = false;

    if (grl_history_is_silent(c->history, now.signature, c->settings->now,
                              &silent, &err) != GRL_OK ||
        grl_history_told(c->history, n.instance, now.signature, &was, &known,
                         &err) != GRL_OK)
        return failed(&err);
    if (silent)
        return true;
    c->open++;
    if (!is_news(c, f, &was, known, &n.kind))
        return true;
    n.told = n.kind == GRL_NEWS_FOUND ? now : was;
    if (known && was.open)
        now.since = was.since;
    return keep_told(c, &now) && add_news(c, &n);
}

static bool look_at_leaks(struct checking *c)
{
    for (size_t i = 0; i < grl_trend_count(c->trend); i++) {
        const struct grl_finding *f = grl_trend_get(c->trend, i);

        if (f->verdict == GRL_LEAKING && f->last > 0 && !look_at_leak(c, f))
            return false;
    }
    return true;
}

static const struct grl_finding *finding_of(const struct checking *c,
                                            const char *signature)
{
    for (size_t i = 0; i < grl_trend_count(c->trend); i++) {
        const struct grl_finding *f = grl_trend_get(c->trend, i);

        if (strcmp(f->cluster->signature, signature) == 0)
            return f;
    }
    return NULL;
}

/* A verdict is on the whole series: where a restart left nothing, nothing leaks
 * now.  What still grows may yet turn out to leak again. */
static bool is_over(const struct grl_finding *f)
{
    return f == NULL || f->last == 0 ||
           (f->verdict != GRL_LEAKING && f->verdict != GRL_GROWING);
}

static bool look_at_told(struct checking *c, struct grl_told *t)
{
    const struct grl_finding *f = finding_of(c, t->signature);
    struct grl_news n = {GRL_NEWS_RESOLVED, c->settings->instance, *t, f};

    if (!is_over(f)) {
        c->open += f->verdict != GRL_LEAKING; /* those were counted */
        return true;
    }
    t->open = false;
    return keep_told(c, t) && add_news(c, &n);
}

static bool look_at_all_told(struct checking *c)
{
    struct grl_told *told = NULL;
    size_t count = 0;
    struct grl_error err;
    bool good = true;

    if (grl_history_open_leaks(c->history, c->settings->instance, &told, &count,
                               &err) != GRL_OK)
        good = failed(&err);
    for (size_t i = 0; i < count && good; i++)
        good = look_at_told(c, &told[i]);
    free(told);
    return good;
}

/* Whether leaks are open is what it was when the series was judged last. */
static bool count_open(struct checking *c)
{
    struct grl_told *told = NULL;
    size_t count = 0;
    struct grl_error err;
    bool silent = false;
    bool good = grl_history_open_leaks(c->history, c->settings->instance, &told,
                                       &count, &err) == GRL_OK;

    for (size_t i = 0; i < count && good; i++) {
        good = grl_history_is_silent(c->history, told[i].signature,
                                     c->settings->now, &silent, &err) == GRL_OK;
        c->open += good && !silent;
    }
    free(told);
    return good || failed(&err);
}

static bool judge(struct checking *c)
{
    struct grl_error err;

    c->settings->options.keep_ids = true;
    c->series = job_new(c->settings);
    if (c->series == NULL)
        return false;
    if (grl_history_load(c->history, c->settings->instance, JUDGED, c->series,
                         &err) != GRL_OK)
        return failed(&err);
    if (grl_dumps_count(c->series) < 2)
        return true;
    c->behind = behind_is(c->settings, c->taken, c->series);
    if (c->behind) {
        behind_complain(c->settings);
        return count_open(c);
    }
    c->mixed = grl_trend_new(&c->trend, c->series, &err) == GRL_EMIXED;
    if (c->mixed) {
        mixed_complain(c->settings, c->settings->instance);
        return true;
    }
    if (c->trend == NULL)
        return failed(&err);
    return look_at_leaks(c) && look_at_all_told(c);
}

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct checking *c = user;

    if (r->format == GRL_OPENMETRICS && c->trend != NULL)
        return grl_report_trend(r, c->series, c->trend, err);
    if (r->format == GRL_OPENMETRICS)
        return grl_report_scan(r, c->taken, err);
    return grl_report_check(r, c->news, c->count, err);
}

static bool is_silent(void *user, const struct grl_finding *f)
{
    const struct checking *c = user;
    bool silent = false;
    struct grl_error err;

    return grl_history_is_silent(c->history, f->cluster->signature,
                                 c->settings->now, &silent, &err) == GRL_OK &&
           silent;
}

/* Told before it is kept that it was: killed in between it tells twice, which
 * is better than never. */
static int tell(struct checking *c)
{
    struct settings *s = c->settings;
    bool metrics = s->report.format == GRL_OPENMETRICS;
    bool says = c->count > 0 ||
                (s->report.format != GRL_TEXT && !(metrics && c->behind));
    int found = c->open > 0 ? EXIT_LEAKS : EXIT_CLEAN;
    int status = EXIT_CLEAN;

    s->report.process = s->instance;
    s->report.silent = is_silent;
    s->report.silent_user = c;
    if (s->exit_news)
        found = c->count > 0 ? EXIT_LEAKS : EXIT_CLEAN;
    status = says ? job_finish(s, c->taken, report, c, found)
                  : job_status(s, c->taken, found);
    fflush(stdout);
    if (status != EXIT_TROUBLE && s->notify != NULL &&
        !notify_all(s, c->news, c->count))
        status = EXIT_TROUBLE;
    if (status == EXIT_TROUBLE)
        return status; /* nothing is kept: it was not told */
    return keeping_commit(s, c->history) ? status : EXIT_TROUBLE;
}

/* The dump is kept: whether two processes share a name shows in all of them. */
static int keep_unjudged(const struct checking *c)
{
    keeping_commit(c->settings, c->history);
    return EXIT_TROUBLE;
}

static int run(struct settings *s)
{
    struct checking c = {.settings = s, .taken = keeping_try(s)};
    int status = EXIT_TROUBLE;

    if (c.taken != NULL)
        c.history = keeping_open(s, true);
    if (c.history != NULL && keeping_begin(s, c.history) &&
        keeping_reached(s, c.history) &&
        keeping_record(s, c.history, c.taken) && judge(&c))
        status = c.mixed ? keep_unjudged(&c) : tell(&c);
    free(c.news);
    grl_trend_free(c.trend);
    grl_dumps_free(c.series);
    grl_dumps_free(c.taken);
    grl_history_close(c.history);
    return status;
}

const struct command command_check = {
    "check",
    FOR_CHECK,
    "[options] --history=DB [--instance=NAME] FILE",
    "for cron: record a dump, and speak only of what is newly wrong",
    "Adds the dump of FILE or a URL to DB, judges what is there of the "
    "process\n"
    "and prints leaks that were not told before, or more than --remind ago, "
    "or\n"
    "that have doubled since, and once that one is gone; else nothing.  The\n"
    "exit status is 1 while a leak is open.\n",
    run,
};
