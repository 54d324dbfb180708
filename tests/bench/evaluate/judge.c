#include "judge.h"

#include "site.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void judge_init(struct judge *j, const struct series *s)
{
    *j = (struct judge){.series = s};
    j->sites = must(calloc(s->site_count, sizeof *j->sites));
    for (size_t i = 0; i < s->site_count; i++)
        j->sites[i].verdict = UNSEEN;
    j->failed = grl_dumps_new(&j->dumps, NULL, &j->error) != GRL_OK;
}

void judge_dump(void *user, size_t dump, const char *text, size_t bytes)
{
    struct judge *j = user;
    time_t seconds = (time_t)j->series->times[dump];
    struct tm tm;
    char name[40];

    gmtime_r(&seconds, &tm);
    strftime(name, sizeof name, "%Y%m%dT%H%M%SZ.txt", &tm);
    j->failed = j->failed ||
                grl_dumps_begin(j->dumps, name, &j->error) != GRL_OK ||
                grl_dumps_feed(j->dumps, text, bytes, &j->error) != GRL_OK ||
                grl_dumps_end(j->dumps, &j->error) != GRL_OK;
}

static size_t site_of(const struct grl_finding *f)
{
    const struct grl_cluster *c = f->cluster;
    size_t site = SIZE_MAX;

    for (size_t i = 0; i < c->frame_count && site == SIZE_MAX; i++)
        site = site_of_function(c->frames[i]->function);
    if (site == SIZE_MAX && c->created_by != NULL)
        site = site_of_function(c->created_by->function);
    return site;
}

static uint64_t most(const struct grl_finding *f)
{
    uint64_t n = 0;

    for (size_t i = 0; i < f->count_count; i++)
        n = f->counts[i] > n ? f->counts[i] : n;
    return n;
}

/* A site has one finding for each signature: `leaking` outweighs the rest,
 * then the larger count does. */
static void add(struct judgement *to, const struct grl_finding *f)
{
    bool better = to->verdict == UNSEEN ||
                  (to->verdict != GRL_LEAKING &&
                   (f->verdict == GRL_LEAKING || most(f) > most(to->finding)));

    if (to->verdict == f->verdict && !better)
        to->findings++;
    if (!better)
        return;
    to->findings = to->verdict == f->verdict ? to->findings + 1 : 1;
    to->verdict = f->verdict;
    to->finding = f;
}

void judge_decide(struct judge *j)
{
    if (!j->failed) {
        grl_dumps_sort(j->dumps, GRL_ORDER_AUTO);
        j->failed = grl_trend_new(&j->trend, j->dumps, &j->error) != GRL_OK;
    }
    for (size_t i = 0; !j->failed && i < grl_trend_count(j->trend); i++) {
        const struct grl_finding *f = grl_trend_get(j->trend, i);
        size_t site = site_of(f);

        if (site < j->series->site_count)
            add(&j->sites[site], f);
    }
}

bool judge_found_restarts(const struct judge *j)
{
    size_t shown = 0;

    for (size_t i = 0; i < j->series->run_count; i++)
        shown += j->series->runs[i].last > j->series->runs[i].first;
    return j->trend != NULL && grl_trend_segments(j->trend) == shown;
}

void judge_free(struct judge *j)
{
    grl_trend_free(j->trend);
    grl_dumps_free(j->dumps);
    free(j->sites);
}
