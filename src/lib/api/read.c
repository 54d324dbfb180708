/* Reading paths: what fails is told and counted, the rest is still read. */
#include "api/dumps.h"
#include "base/error.h"
#include "input/source.h"

struct reading {
    struct grl_dumps *dumps;
    struct grl_error error; /* of feeding: the whole job is over */
};

static enum grl_status feed(void *user, const char *bytes, size_t len)
{
    struct reading *r = user;

    return grl_dumps_feed(r->dumps, bytes, len, &r->error);
}

static void tell(const struct grl_dumps *d, const char *source,
                 const char *text, const struct grl_error *err)
{
    if (d->options.notice != NULL)
        d->options.notice(d->options.user, source, 0, text, err);
}

static void set_mtime(struct grl_dumps *d, int64_t mtime)
{
    bool alone = d->count == d->first + 1;

    for (size_t i = d->first; i < d->count; i++) {
        struct snapshot *s = d->list[i];

        s->mtime = mtime;
        if (alone && s->info.time == GRL_NO_TIME && mtime != GRL_NO_TIME) {
            s->info.time = mtime;
            s->info.time_source = GRL_TIME_MTIME;
        }
    }
}

static void tell_if_cut(const struct grl_dumps *d)
{
    const struct snapshot *s = dumps_current(d);

    if (s == NULL || !s->info.truncated)
        return;
    tell(d, d->source,
         d->bytes == PPROF_CAP_BYTES
             ? "cut at 67108864 bytes, where runtime/pprof stops: counts are "
               "lower bounds"
             : "ends inside a goroutine: counts are lower bounds",
         NULL);
}

/* LISTED: found in a folder, where files without goroutines may lie too. */
static enum grl_status read_file(struct grl_dumps *d, const char *path,
                                 bool listed, struct grl_error *err)
{
    struct reading r = {.dumps = d, .error = {.code = GRL_OK}};
    struct grl_error e = {.code = GRL_OK};
    int64_t mtime = GRL_NO_TIME;
    enum grl_status st = grl_dumps_begin(d, path, err);
    enum grl_status end = GRL_OK;

    if (st != GRL_OK)
        return st;
    st = source_read(path, feed, &r, &mtime, &e);
    if (r.error.code != GRL_OK || st == GRL_ENOMEM) {
        if (err != NULL)
            *err = r.error.code != GRL_OK ? r.error : e;
        return st;
    }
    if (st != GRL_OK) {
        d->failed++;
        tell(d, d->source, e.what, &e);
    }
    end = grl_dumps_end(d, &e);
    set_mtime(d, mtime);
    tell_if_cut(d);
    if (end == GRL_ENODUMP && st == GRL_OK) {
        d->failed += !listed;
        tell(d, d->source, e.what, &e);
    } else if (end != GRL_OK && end != GRL_ENODUMP) {
        if (err != NULL)
            *err = e;
        return end;
    }
    return GRL_OK;
}

static enum grl_status read_folder(struct grl_dumps *d, const char *path,
                                   struct grl_error *err)
{
    struct source_list files;
    size_t before = d->count;
    struct grl_error e = {.code = GRL_OK};
    enum grl_status st = source_list_folder(path, &files, &e);

    for (size_t i = 0; i < files.count && st == GRL_OK; i++)
        st = read_file(d, files.paths[i], true, err);
    if (st == GRL_OK && d->count == before)
        st = fail(&e, GRL_ENODUMP,
                  files.count > 0 ? "no file in this folder holds a goroutine"
                                  : "this folder has no files",
                  0);
    source_list_free(&files);
    if (e.code != GRL_EIO && e.code != GRL_ENODUMP) {
        if (e.code != GRL_OK && err != NULL)
            *err = e;
        return st;
    }
    d->failed++;
    tell(d, path, e.what, &e);
    return GRL_OK;
}

enum grl_status grl_dumps_read(struct grl_dumps *d, const char *path,
                               struct grl_error *err)
{
    return source_is_folder(path) ? read_folder(d, path, err)
                                  : read_file(d, path, false, err);
}
