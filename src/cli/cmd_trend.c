#include "commands.h"
#include "job.h"
#include "keeping.h"
#include "message.h"
#include "mixed.h"

#include <string.h>

struct judged {
    struct grl_dumps *dumps;
    struct grl_trend *trend;
};

static enum grl_status report(const struct grl_report *r, void *user,
                              struct grl_error *err)
{
    const struct judged *j = user;

    return grl_report_trend(r, j->dumps, j->trend, err);
}

static bool share_a_source(const struct grl_dumps *d)
{
    size_t last = grl_dumps_count(d) - 1;

    return strcmp(grl_dumps_get(d, 0)->source,
                  grl_dumps_get(d, last)->source) == 0;
}

static const char *order_words(const struct settings *s,
                               const struct grl_dumps *d, enum grl_order order)
{
    bool timed = grl_dumps_get(d, 0)->time_source == GRL_TIME_NAME;

    if (s->history != NULL)
        return "the times in the history";
    switch (order) {
    case GRL_ORDER_NAME:
        return timed ? "the timestamps in their names" : "their names";
    case GRL_ORDER_MTIME:
        return "modification time";
    case GRL_ORDER_ARGS:
    case GRL_ORDER_AUTO:
        break;
    }
    return share_a_source(d) ? "their order in the file"
                             : "their order on the command line";
}

static int judge(struct settings *s, struct judged *j)
{
    struct grl_error err;
    enum grl_order order = grl_dumps_sort(j->dumps, s->order);
    enum grl_status st = GRL_OK;

    if (grl_dumps_count(j->dumps) < 2) {
        complain("trend: needs at least two dumps, but only %s was read",
                 source_shown(grl_dumps_get(j->dumps, 0)->source));
        return EXIT_TROUBLE;
    }
    st = grl_trend_new(&j->trend, j->dumps, &err);
    if (st == GRL_EMIXED && s->history != NULL)
        mixed_complain(s, s->instance);
    else if (st != GRL_OK)
        complain_error(NULL, &err);
    if (st != GRL_OK)
        return EXIT_TROUBLE;
    s->report.order = order_words(s, j->dumps, order);
    return job_finish(s, j->dumps, report, j,
                      grl_trend_leaks(j->trend) > 0 ? EXIT_LEAKS : EXIT_CLEAN);
}

/* All that a history has of one instance. */
static struct grl_dumps *read_history(struct settings *s)
{
    struct grl_history *h = keeping_open(s, false);
    struct grl_dumps *d = NULL;

    if (s->options.instance != NULL)
        s->instance = s->options.instance;
    s->options.instance = NULL;
    s->order = GRL_ORDER_ARGS;
    if (h != NULL)
        d = keeping_load(s, h, INT32_MAX);
    grl_history_close(h);
    return d;
}

static int run(struct settings *s)
{
    struct judged j = {NULL, NULL};
    int status = EXIT_TROUBLE;

    s->options.keep_ids = true;
    if (s->history != NULL && s->file_count > 0) {
        complain("trend: takes FILEs or --history, not both");
        return EXIT_TROUBLE;
    }
    j.dumps = s->history != NULL ? read_history(s) : job_read(s);
    if (j.dumps != NULL)
        status = judge(s, &j);
    grl_trend_free(j.trend);
    grl_dumps_free(j.dumps);
    return status;
}

const struct command command_trend = {
    "trend",
    FOR_TREND,
    "[options] FILE...",
    "judge a series of dumps: which stacks leak",
    "Takes dumps of one process over time and gives each stack a verdict:\n"
    "leaking, growing, plateaued, oscillating, steady, falling or gone.\n"
    "Exits with 1 when a stack leaks.  A FILE may be a folder or '-'.  With\n"
    "--history the dumps are those of a history, --instance=NAME in it.\n",
    run,
};
