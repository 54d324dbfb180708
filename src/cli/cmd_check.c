#include "behind.h"
#include "commands.h"
#include "job.h"
#include "keeping.h"
#include "message.h"
#include "mixed.h"
#include "news.h"
#include "notify.h"

#include <stdio.h>

/* Snapshots that are judged: more add little, and a check is to be quick. */
enum { JUDGED = 64 };

struct checking {
    struct settings *settings;
    struct grl_history *history;
    struct grl_dumps *taken;  /* what was given */
    struct grl_dumps *series; /* what the history has of it */
    struct grl_trend *trend;  /* NULL while there is but one dump */
    struct news news;
    /* Why the series is not judged: it is of two processes, or does not end in
     * what was given. */
    bool mixed;
    bool behind;
};

static bool failed(const struct checking *c, const struct grl_error *err)
{
    complain_error(c->settings->history, err);
    return false;
}

/* How often the largest goroutine id falls, which in one process it hardly
 * does. */
static size_t falls(const struct grl_dumps *d)
{
    size_t n = 0;

    for (size_t i = 1; i < grl_dumps_count(d); i++)
        n += grl_dumps_get(d, i)->max_id < grl_dumps_get(d, i - 1)->max_id;
    return n;
}

/* The series is in the order in which it was recorded, and that is not the
 * order of its times: after an old history was imported those are right, after
 * a clock was wrong they are not. */
static bool prefer_times(struct checking *c)
{
    struct grl_dumps *other = job_new(c->settings);
    struct grl_error err;
    bool good = other != NULL;

    if (good && grl_history_load(c->history, c->settings->instance, JUDGED,
                                 other, &err) != GRL_OK)
        good = failed(c, &err);
    if (good && falls(other) <= falls(c->series)) {
        struct grl_dumps *recorded = c->series;

        c->series = other;
        other = recorded;
    }
    grl_dumps_free(other);
    return good;
}

static bool load(struct checking *c)
{
    struct grl_clock clock;
    struct grl_error err;
    enum behind behind = BEHIND_NOT;

    c->series = job_new(c->settings);
    if (c->series == NULL)
        return false;
    if (grl_history_load_recorded(c->history, c->settings->instance, JUDGED,
                                  c->series, &clock, &err) != GRL_OK)
        return failed(c, &err);
    behind = behind_is(c->settings, c->taken, clock.newest);
    c->behind = behind == BEHIND_OLD;
    if (c->behind)
        behind_complain_old(c->settings);
    else if (behind == BEHIND_CLOCK && clock.set_back)
        behind_complain_clock(c->settings);
    return behind != BEHIND_NOT || clock.contrary == 0 || prefer_times(c);
}

static bool judge(struct checking *c)
{
    struct grl_error err;
    enum grl_status st = GRL_OK;

    c->settings->options.keep_ids = true;
    if (!load(c))
        return false;
    if (c->behind || grl_dumps_count(c->series) < 2)
        return news_none(&c->news);
    st = grl_trend_new(&c->trend, c->series, &err);
    c->mixed = st == GRL_EMIXED;
    if (c->mixed)
        mixed_complain(c->settings, c->settings->instance);
    else if (st != GRL_OK)
        return failed(c, &err);
    return c->mixed || news_find(&c->news, c->trend);
}

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct checking *c = user;

    if (r->format == GRL_OPENMETRICS && c->trend != NULL)
        return grl_report_trend(r, c->series, c->trend, err);
    if (r->format == GRL_OPENMETRICS)
        return grl_report_scan(r, c->taken, err);
    return grl_report_check(r, c->news.list, c->news.count, err);
}

static bool is_silent(void *user, const struct grl_finding *f)
{
    const struct checking *c = user;
    bool silent = false;

    return news_is_silent(&c->news, f->cluster->signature, &silent) && silent;
}

static int found(const struct checking *c)
{
    size_t leaks = c->settings->exit_news ? c->news.count : c->news.open;

    return leaks > 0 ? EXIT_LEAKS : EXIT_CLEAN;
}

static bool print(struct checking *c)
{
    struct settings *s = c->settings;
    bool metrics = s->report.format == GRL_OPENMETRICS;
    bool printed = true;

    s->report.process = s->instance;
    s->report.silent = is_silent;
    s->report.silent_user = c;
    if (c->news.count > 0 ||
        (s->report.format != GRL_TEXT && !(metrics && c->behind)))
        printed = job_print(s, report, c);
    fflush(stdout); /* before what --notify prints */
    return printed;
}

/* Whoever is to know of piece I is told, and the history knows that they were.
 * What nobody is shown stays news. */
static bool tell_one(const struct checking *c, size_t i)
{
    const struct settings *s = c->settings;

    if (s->notify != NULL && !notify(s, &c->news.list[i]))
        return false;
    return (s->quiet && s->notify == NULL) || news_keep(&c->news, i);
}

/* Told before it is kept that it was: killed in between it tells twice, which
 * is better than never. */
static bool tell(struct checking *c)
{
    bool printed = print(c);
    bool good = printed;

    for (size_t i = 0; i < c->news.count && printed; i++)
        good = tell_one(c, i) && good;
    return good;
}

/* The dump is kept even when nothing comes of it: it is the only one of its
 * time, and whether two processes share a name shows in all of them. */
static int keep_and_tell(struct checking *c)
{
    bool told = judge(c) && !c->mixed && tell(c);
    bool kept = keeping_commit(c->settings, c->history);

    return told && kept ? job_status(c->settings, c->taken, found(c))
                        : EXIT_TROUBLE;
}

static int run(struct settings *s)
{
    struct checking c = {.settings = s, .taken = keeping_try(s)};
    int status = EXIT_TROUBLE;

    if (c.taken != NULL)
        c.history = keeping_open(s, true);
    c.news =
        (struct news){.settings = s, .history = c.history, .taken = c.taken};
    if (c.history != NULL && keeping_begin(s, c.history) &&
        keeping_reached(s, c.history) && keeping_record(s, c.history, c.taken))
        status = keep_and_tell(&c);
    news_free(&c.news);
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
