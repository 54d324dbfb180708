/* Paths, folders among them, in order. */
#include "api/batch.h"
#include "api/reading.h"
#include "base/error.h"
#include "input/folder.h"

static const char *nothing_in(const struct grl_dumps *d, size_t files)
{
    if (files == 0)
        return "this folder has no files, and folders inside it are not read";
    return d->options.heap ? "no file in this folder holds a heap profile"
                           : "no file in this folder holds a goroutine, and "
                             "folders inside it are not read";
}

static enum grl_status read_folder(struct grl_dumps *d, const char *path,
                                   struct grl_error *err)
{
    struct folder_list files;
    size_t before = d->count;
    struct grl_error e = {.code = GRL_OK};
    enum grl_status st = folder_list(path, &files, &e);

    if (st == GRL_OK)
        st = batch_read(d, (const char *const *)files.paths, files.count, true,
                        err);
    if (st == GRL_OK && d->count == before)
        st = fail(&e, GRL_ENODUMP, nothing_in(d, files.count), 0);
    folder_list_free(&files);
    if (e.code != GRL_EIO && e.code != GRL_ENODUMP) {
        if (e.code != GRL_OK && err != NULL)
            *err = e;
        return st;
    }
    d->failed++;
    reading_tell(d, path, e.what, &e);
    return GRL_OK;
}

/* How many of COUNT PATHS come before the first folder. */
static size_t files_before(const char *const *paths, size_t count)
{
    size_t n = 0;

    while (n < count && !folder_is(paths[n]))
        n++;
    return n;
}

enum grl_status grl_dumps_read_all(struct grl_dumps *d,
                                   const char *const *paths, size_t count,
                                   struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && count > 0) {
        size_t n = files_before(paths, count);

        st = n > 0 ? batch_read(d, paths, n, false, err)
                   : read_folder(d, paths[0], err);
        n += n == 0;
        paths += n;
        count -= n;
    }
    return st;
}

enum grl_status grl_dumps_read(struct grl_dumps *d, const char *path,
                               struct grl_error *err)
{
    return grl_dumps_read_all(d, &path, 1, err);
}
