#include "news.h"

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool done(const struct news *n, enum grl_status st,
                 const struct grl_error *err)
{
    if (st != GRL_OK)
        complain_error(n->settings->history, err);
    return st == GRL_OK;
}

static bool keep(const struct news *n, const struct grl_told *t)
{
    struct grl_error err;

    return done(n, grl_history_tell(n->history, n->settings->instance, t, &err),
                &err);
}

bool news_keep(const struct news *n, size_t i)
{
    return keep(n, &n->kept[i]);
}

bool news_is_silent(const struct news *n, const char *signature, bool *silent)
{
    struct grl_error err;

    return done(n,
                grl_history_is_silent(n->history, signature, n->settings->now,
                                      silent, &err),
                &err);
}

static bool add(struct news *n, const struct grl_news *piece,
                const struct grl_told *kept)
{
    struct grl_news *list = realloc(n->list, (n->count + 1) * sizeof *n->list);
    struct grl_told *more = NULL;

    if (list != NULL) {
        n->list = list;
        more = realloc(n->kept, (n->count + 1) * sizeof *n->kept);
    }
    if (more == NULL) {
        complain("out of memory");
        return false;
    }
    n->kept = more;
    n->list[n->count] = *piece;
    n->kept[n->count++] = *kept;
    return true;
}

/* ------------------------------------------------------ leaks of the series */

static struct grl_told as_told(const struct news *n,
                               const struct grl_finding *f)
{
    const struct grl_frame *at = f->cluster->blocked_in;
    struct grl_told t = {.since = n->settings->now,
                         .told = n->settings->now,
                         .count = f->last,
                         .open = true};

    snprintf(t.signature, sizeof t.signature, "%s", f->cluster->signature);
    snprintf(t.name, sizeof t.name, "%s",
             at != NULL ? at->function : "no frame");
    return t;
}

/* Is F, told as WAS when KNOWN, worth telling now? */
static bool is_news(const struct news *n, const struct grl_finding *f,
                    const struct grl_told *was, bool known,
                    enum grl_news_kind *kind)
{
    double age = (double)(n->settings->now - was->told);

    *kind = GRL_NEWS_FOUND;
    if (!known || !was->open)
        return true;
    *kind = f->last >= 2 * was->count ? GRL_NEWS_WORSE : GRL_NEWS_STILL;
    return *kind == GRL_NEWS_WORSE || age >= n->settings->remind;
}

/* By a clock that was ahead: it is to be told again in time all the same. */
static bool have_told_by_now(const struct news *n, struct grl_told *was)
{
    if (was->told <= n->settings->now)
        return true;
    was->told = n->settings->now;
    return keep(n, was);
}

static bool look_at_leak(struct news *n, const struct grl_finding *f)
{
    struct grl_error err;
    struct grl_news piece = {.instance = n->settings->instance, .finding = f};
    struct grl_told now = as_told(n, f);
    struct grl_told was = {.open = false};
    bool silent = false;
    bool known = false;

    if (!news_is_silent(n, now.signature, &silent) ||
        !done(n,
              grl_history_told(n->history, piece.instance, now.signature, &was,
                               &known, &err),
              &err))
        return false;
    if (silent)
        return true;
    n->open++;
    if (known && !have_told_by_now(n, &was))
        return false;
    if (!is_news(n, f, &was, known, &piece.kind))
        return true;
    piece.told = piece.kind == GRL_NEWS_FOUND ? now : was;
    if (known && was.open)
        now.since = was.since;
    return add(n, &piece, &now);
}

static bool look_at_leaks(struct news *n, const struct grl_trend *trend)
{
    for (size_t i = 0; i < grl_trend_count(trend); i++) {
        const struct grl_finding *f = grl_trend_get(trend, i);

        if (f->verdict == GRL_LEAKING && f->last > 0 && !look_at_leak(n, f))
            return false;
    }
    return true;
}

/* ------------------------------------------------------ leaks that were told
 */

static const struct grl_finding *finding_of(const struct grl_trend *trend,
                                            const char *signature)
{
    for (size_t i = 0; i < grl_trend_count(trend); i++) {
        const struct grl_finding *f = grl_trend_get(trend, i);

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

/* What a rule leaves out now is not gone. */
static bool is_left_out(const struct news *n, const char *signature)
{
    size_t last = grl_dumps_count(n->taken) - 1;

    for (size_t i = 0; i < grl_cluster_count(n->taken, last); i++)
        if (strcmp(grl_cluster_get(n->taken, last, i)->signature, signature) ==
            0)
            return true;
    return false;
}

static bool look_at_told(struct news *n, const struct grl_trend *trend,
                         const struct grl_told *t)
{
    const struct grl_finding *f = finding_of(trend, t->signature);
    struct grl_news piece = {GRL_NEWS_RESOLVED, n->settings->instance, *t, f};
    struct grl_told kept = *t;
    bool silent = false;

    if (!news_is_silent(n, t->signature, &silent))
        return false;
    if (silent || (f == NULL && is_left_out(n, t->signature)))
        return true; /* that it is over is told when it may be */
    if (!is_over(f)) {
        n->open += f->verdict != GRL_LEAKING; /* those were counted */
        return true;
    }
    kept.open = false;
    return add(n, &piece, &kept);
}

/* What TREND says of each leak that is open; NULL: nothing. */
static bool look_at_open(struct news *n, const struct grl_trend *trend)
{
    struct grl_told *told = NULL;
    size_t count = 0;
    struct grl_error err;
    bool silent = false;
    bool good = done(n,
                     grl_history_open_leaks(n->history, n->settings->instance,
                                            &told, &count, &err),
                     &err);

    for (size_t i = 0; i < count && good; i++) {
        if (trend != NULL) {
            good = look_at_told(n, trend, &told[i]);
            continue;
        }
        good = news_is_silent(n, told[i].signature, &silent);
        n->open += good && !silent;
    }
    free(told);
    return good;
}

bool news_find(struct news *n, const struct grl_trend *trend)
{
    return look_at_leaks(n, trend) && look_at_open(n, trend);
}

bool news_none(struct news *n)
{
    return look_at_open(n, NULL);
}

void news_free(struct news *n)
{
    free(n->list);
    free(n->kept);
}
