#include "keeping.h"

#include "job.h"
#include "message.h"
#include "mixed.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Told before a server is asked for a dump that has no place to go to. */
static bool is_named(const struct settings *s)
{
    if (s->history == NULL)
        complain("%s: needs --history DB", s->command);
    return s->history != NULL;
}

struct grl_dumps *keeping_read(struct settings *s)
{
    struct grl_options judged = s->options;
    struct grl_dumps *d = NULL;

    s->options.rules = NULL;
    s->options.min_wait_minutes = 0;
    s->options.group_by = GRL_GROUP_STACK;
    s->options.keep_ids = true;
    s->options.merge = false;
    d = is_named(s) ? job_read(s) : NULL;
    s->options = judged;
    return d;
}

/* The gap that is open; none where there is no history yet. */
static struct grl_gap gap_of(const struct settings *s)
{
    struct grl_history *h = NULL;
    struct grl_gap gap = {0};

    if (s->history != NULL &&
        grl_history_open(&h, s->history, false, s->lock_timeout, NULL) ==
            GRL_OK &&
        grl_history_gap(h, s->instance, &gap, NULL) != GRL_OK)
        gap = (struct grl_gap){0};
    grl_history_close(h);
    return gap;
}

static void keep_missed(const struct settings *s)
{
    struct grl_history *h = NULL;
    struct grl_error err;
    enum grl_status st = grl_history_open(&h, s->history, s->max_failures > 0,
                                          s->lock_timeout, &err);

    if (st == GRL_OK)
        st = grl_history_missed(h, s->instance, s->now, &err);
    if (st != GRL_OK && (err.sys != ENOENT || s->max_failures > 0))
        complain_error(s->history, &err);
    grl_history_close(h);
}

/* Of those in a row that of --max-failures, and again when it is time to
 * remind: that it lasts is no news. */
static bool tells_failure(const struct settings *s)
{
    struct grl_gap gap = {0};
    double since = 0;
    double before = 0;

    if (s->max_failures == 0)
        return true;
    gap = gap_of(s);
    if (gap.missed < s->max_failures)
        return gap.missed + 1 == s->max_failures;
    since = (double)(s->now - gap.first);
    before = (double)(gap.last - gap.first);
    return s->remind <= 0 ||
           floor(since / s->remind) > floor(before / s->remind);
}

struct grl_dumps *keeping_try(struct settings *s)
{
    struct grl_dumps *d = NULL;

    s->muted = !tells_failure(s);
    d = keeping_read(s);
    s->muted = false;
    if (d != NULL && grl_dumps_failed(d) > 0) {
        grl_dumps_free(d);
        d = NULL;
    }
    if (d == NULL && s->history != NULL && s->file_count > 0)
        keep_missed(s);
    return d;
}

bool keeping_reached(const struct settings *s, struct grl_history *h)
{
    struct grl_error err;
    struct grl_gap gap;
    enum grl_status st = grl_history_gap(h, s->instance, &gap, &err);

    if (st == GRL_OK && gap.missed > 0)
        st = grl_history_reached(h, s->instance, &err);
    if (st != GRL_OK) {
        complain_error(s->history, &err);
        return false;
    }
    if (gap.missed > 0 && gap.missed >= s->max_failures)
        complain("%s: answers again after %llu %s",
                 s->file_count > 0 ? s->files[0] : "standard input",
                 (unsigned long long)gap.missed,
                 gap.missed == 1 ? "failure" : "failures in a row");
    return true;
}

struct grl_history *keeping_open(const struct settings *s, bool create)
{
    struct grl_history *h = NULL;
    struct grl_error err;

    if (!is_named(s))
        return NULL;
    if (grl_history_open(&h, s->history, create, s->lock_timeout, &err) !=
        GRL_OK)
        complain_error(s->history, &err);
    return h;
}

static bool done(const struct settings *s, enum grl_status st,
                 const struct grl_error *err)
{
    if (st != GRL_OK)
        complain_error(s->history, err);
    return st == GRL_OK;
}

bool keeping_begin(const struct settings *s, struct grl_history *h)
{
    struct grl_error err;

    return done(s, grl_history_begin(h, &err), &err);
}

bool keeping_commit(const struct settings *s, struct grl_history *h)
{
    struct grl_error err;

    return done(s, grl_history_commit(h, &err), &err);
}

/* Who asks for it by hand gets what --keep says.  Else a clock that leaps years
 * ahead may not empty a history: what is young has to be there for some time.
 */
static bool oldest_to_keep(const struct settings *s, struct grl_history *h,
                           int64_t *oldest)
{
    struct grl_error err;
    int64_t span = INT64_MAX;

    *oldest = INT64_MIN;
    if (s->keep <= 0)
        return true;
    if (s->command_bit != FOR_HISTORY &&
        !done(
            s,
            grl_history_span(h, s->now - (int64_t)s->keep, s->now, &span, &err),
            &err))
        return false;
    if ((double)span >= s->keep / 2)
        *oldest = s->now - (int64_t)s->keep;
    return true;
}

bool keeping_prune(const struct settings *s, struct grl_history *h,
                   uint64_t *dropped)
{
    struct grl_error err;
    int64_t oldest = INT64_MIN;

    *dropped = 0;
    if (s->keep <= 0 && s->max_size == 0)
        return true;
    return oldest_to_keep(s, h, &oldest) &&
           done(s, grl_history_prune(h, oldest, s->max_size, dropped, &err),
                &err);
}

/* What a name or a profile says is surer than when the file was written. */
int64_t keeping_time(const struct settings *s, const struct grl_dump *d)
{
    if (s->now_given && d->time_source != GRL_TIME_NAME)
        return s->now;
    return d->time != GRL_NO_TIME ? d->time : s->now;
}

bool keeping_is_live(const struct settings *s, const struct grl_dump *d)
{
    enum { JUST_NOW = 600 };

    return llabs((long long)(keeping_time(s, d) - s->now)) < JUST_NOW;
}

/* A process that was just asked may be as it was before, after a restart. */
static enum grl_copies copies_of(const struct settings *s,
                                 const struct grl_dump *d)
{
    if (s->command_bit == FOR_HISTORY)
        return GRL_COPIES_TIME;
    if (s->command_bit == FOR_CHECK ? keeping_is_live(s, d)
                                    : strstr(d->source, "://") != NULL)
        return GRL_COPIES_NEWEST;
    return GRL_COPIES_ALL;
}

/* Snapshots name theirs; a check is of one. */
static const char *instance_of(const struct settings *s,
                               const struct grl_dumps *d, size_t i)
{
    const char *named = grl_dumps_get(d, i)->instance;
    bool given = s->instance[0] != '\0' || (s->command_bit & FOR_CHECK) != 0;

    return given || named == NULL ? s->instance : named;
}

bool keeping_record(const struct settings *s, struct grl_history *h,
                    const struct grl_dumps *d)
{
    struct grl_error err;
    uint64_t dropped = 0;
    bool fresh = false;

    for (size_t i = 0; i < grl_dumps_count(d); i++)
        if (!done(s,
                  grl_history_record(h, d, i, instance_of(s, d, i),
                                     keeping_time(s, grl_dumps_get(d, i)),
                                     copies_of(s, grl_dumps_get(d, i)), &fresh,
                                     &err),
                  &err))
            return false;
    return keeping_prune(s, h, &dropped);
}

struct grl_dumps *keeping_load(struct settings *s, struct grl_history *h,
                               size_t most)
{
    struct grl_dumps *d = job_new(s);
    struct grl_error err;

    if (d == NULL)
        return NULL;
    if (grl_history_load(h, s->instance, most, d, &err) != GRL_OK)
        complain_error(s->history, &err);
    else if (grl_dumps_count(d) == 0)
        complain("%s: has no snapshot of '%s'; 'goroleak history list' says of "
                 "whom it has",
                 s->history, instance_shown(s->instance));
    else
        return d;
    grl_dumps_free(d);
    return NULL;
}

/* Once for each process, however many of its dumps there are. */
static void look_for_mixed(const struct settings *s, struct grl_history *h,
                           const struct grl_dumps *d)
{
    for (size_t i = 0; i < grl_dumps_count(d); i++) {
        const char *name = instance_of(s, d, i);
        size_t first = 0;

        while (strcmp(instance_of(s, d, first), name) != 0)
            first++;
        if (first == i && mixed_is(h, name))
            mixed_complain(s, name);
    }
}

bool keeping_take(const struct settings *s, const struct grl_dumps *d)
{
    struct grl_history *h = keeping_open(s, true);
    bool good = h != NULL && keeping_begin(s, h) && keeping_record(s, h, d) &&
                keeping_commit(s, h);

    if (good)
        look_for_mixed(s, h, d);
    grl_history_close(h);
    return good;
}
