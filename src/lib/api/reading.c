#include "api/reading.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>

/* One source being read: a file, or the members of an archive one by one. */
struct reading {
    struct grl_dumps *dumps;
    const char *path;
    bool listed;  /* found in a folder, where other files may lie too */
    bool archive; /* some members came */
    bool open;    /* between grl_dumps_begin() and grl_dumps_end() */
    struct source_facts facts; /* of the file */
    int64_t mtime;             /* of the file, or of the open member */
    size_t before;             /* dumps there were */
    struct grl_error error;    /* of feeding: the whole job is over */
};

void reading_tell(const struct grl_dumps *d, const char *source,
                  const char *text, const struct grl_error *err)
{
    if (d->options.notice != NULL)
        d->options.notice(d->options.user, source, 0, text, err);
}

static void set_mtime(struct grl_dumps *d, int64_t mtime)
{
    bool alone = d->count == d->first + 1;

    if (d->inner_time != GRL_NO_TIME)
        mtime = d->inner_time;

    for (size_t i = d->first; i < d->count; i++) {
        struct snapshot *s = d->list[i];

        if (s->info.time_source == GRL_TIME_NAME && !alone)
            continue; /* a snapshot says when it was taken */
        s->mtime = mtime;
        if (alone && s->info.time == GRL_NO_TIME && mtime != GRL_NO_TIME) {
            s->info.time = mtime;
            s->info.time_source = GRL_TIME_MTIME;
        }
    }
}

static void tell_if_cut(const struct grl_dumps *d)
{
    bool cut = false;

    for (size_t i = d->first; i < d->count; i++)
        cut = cut || d->list[i]->info.truncated;
    if (!cut)
        return;
    reading_tell(
        d, d->source,
        d->bytes == PPROF_CAP_BYTES
            ? "cut at 67108864 bytes, where runtime/pprof stops: counts are "
              "lower bounds"
            : "ends inside a goroutine: counts are lower bounds",
        NULL);
}

static enum grl_status open_source(struct reading *r, const char *name)
{
    enum grl_status st = grl_dumps_begin(r->dumps, name, &r->error);

    r->open = true;
    if (!r->archive)
        r->mtime = r->facts.mtime;
    r->dumps->packed = r->archive ? NULL : r->facts.packed;
    return st;
}

/* What would have followed where a source broke off, nobody knows. */
static void mark_cut(const struct grl_dumps *d)
{
    struct snapshot *s = dumps_current(d);

    if (s != NULL)
        s->info.truncated = true;
}

/* Of an archive and of a folder, what holds no goroutine is passed over. */
static enum grl_status close_source(struct reading *r, bool failed)
{
    struct grl_dumps *d = r->dumps;
    struct grl_error e = {.code = GRL_OK};
    enum grl_status end = grl_dumps_end(d, &e);

    r->open = false;
    set_mtime(d, r->mtime);
    tell_if_cut(d);
    if (failed)
        mark_cut(d);
    if (end == GRL_ENODUMP && !failed && !r->archive) {
        d->failed += !r->listed;
        reading_tell(d, d->source, e.what, &e);
    }
    if (end == GRL_OK || end == GRL_ENODUMP)
        return GRL_OK;
    r->error = e;
    return end;
}

static enum grl_status feed_seen(struct reading *r, const struct piece *p,
                                 const struct sightings *seen)
{
    struct grl_dumps *d = r->dumps;
    enum grl_status st = r->open ? GRL_OK : open_source(r, r->path);

    if (st == GRL_OK)
        st = dumps_feed(d, p, seen, &r->error);
    if (st == GRL_OK && d->options.progress != NULL)
        d->options.progress(d->options.user, d->source, d->bytes,
                            r->facts.size);
    return st;
}

static enum grl_status feed(void *user, const struct piece *p)
{
    return feed_seen(user, p, NULL);
}

/* On any thread. */
static void look_ahead(void *user, size_t worker, size_t slot,
                       const struct piece *p)
{
    const struct reading *r = user;
    struct ahead *a = r->dumps->ahead;

    scout(a->fast[worker], p, &a->seen[slot]);
}

static enum grl_status take(void *user, size_t slot, const struct piece *p)
{
    struct reading *r = user;

    return feed_seen(r, p, &r->dumps->ahead->seen[slot]);
}

static enum grl_status begin_member(void *user, const char *name, int64_t mtime)
{
    struct reading *r = user;
    size_t size = strlen(r->path) + strlen(name) + 2;
    char *path = malloc(size);
    enum grl_status st = r->open ? close_source(r, false) : GRL_OK;

    if (path == NULL)
        st = fail_memory(&r->error);
    if (st == GRL_OK) {
        snprintf(path, size, "%s:%s", r->path, name);
        r->archive = true;
        r->mtime = mtime;
        st = open_source(r, path);
    }
    free(path);
    return st;
}

/* The source itself failed; what came before counts. */
static void tell_failure(struct reading *r, const struct grl_error *e)
{
    r->dumps->failed++;
    reading_tell(r->dumps, r->path, e->what, e);
}

static enum grl_status finish(struct reading *r, enum grl_status read,
                              const struct grl_error *e)
{
    struct grl_dumps *d = r->dumps;
    struct grl_error none = {.code = GRL_OK};
    enum grl_status st = r->open || r->archive ? GRL_OK
                                               : open_source(r, r->path);

    if (read != GRL_OK)
        tell_failure(r, e);
    if (st == GRL_OK && r->open)
        st = close_source(r, read != GRL_OK);
    if (st == GRL_OK && read == GRL_OK && r->archive && d->count == r->before) {
        fail(&none, GRL_ENODUMP, "no member of this archive holds a goroutine",
             0);
        d->failed += !r->listed;
        reading_tell(d, r->path, none.what, &none);
    }
    return st;
}

/* The source was read as far as ST, which is GRL_OK or fails as E says. */
static enum grl_status conclude(struct reading *r, enum grl_status st,
                                const struct grl_error *e,
                                struct grl_error *err)
{
    if (r->error.code == GRL_OK && st != GRL_ENOMEM)
        st = finish(r, st, e);
    if (r->error.code == GRL_OK && st != GRL_ENOMEM)
        return GRL_OK;
    if (err != NULL)
        *err = r->error.code != GRL_OK ? r->error : *e;
    return r->error.code != GRL_OK ? r->error.code : st;
}

static struct reading reading_of(struct grl_dumps *d, const char *path,
                                 bool listed)
{
    return (struct reading){
        .dumps = d, .path = path, .listed = listed, .before = d->count};
}

enum grl_status reading_file(struct grl_dumps *d, const char *path, bool listed,
                             size_t workers, struct grl_error *err)
{
    struct reading r = reading_of(d, path, listed);
    const struct source_visit visit = {
        .bytes = feed,
        .member = begin_member,
        .user = &r,
        .http = &d->options.http,
        .workers = workers,
        .ahead = look_ahead,
        .take = take,
    };
    struct grl_error e = {.code = GRL_OK};
    enum grl_status st = source_read(path, &visit, &r.facts, &e);

    return conclude(&r, st, &e, err);
}

enum grl_status reading_whole(struct grl_dumps *d, const char *path,
                              bool listed, const struct source_facts *facts,
                              const struct piece *p,
                              const struct sightings *seen,
                              struct grl_error *err)
{
    struct reading r = reading_of(d, path, listed);
    struct grl_error none = {.code = GRL_OK};

    r.facts = *facts;
    return conclude(&r, p->len > 0 ? feed_seen(&r, p, seen) : GRL_OK, &none,
                    err);
}
