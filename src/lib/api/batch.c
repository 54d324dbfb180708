#include "api/batch.h"

#include "api/reading.h"
#include "input/whole.h"

/* Fewer files are not worth starting threads for; larger ones are read by
 * several threads each. */
enum { ALONE_FILES = 8, ROOM_BYTES = 256 * 1024 };

struct batch {
    struct grl_dumps *dumps;
    const char *const *paths;
    size_t count;
    bool listed;
    size_t taken;
    struct grl_error error; /* of what was taken */
    /* Of the files that threads are at, by their number: fewer at once than
     * there are slots. */
    struct {
        bool whole; /* it was read */
        struct source_facts facts;
    } files[CREW_MOST_SLOTS];
};

static enum grl_status fill(void *user, uint64_t number, char *to,
                            struct piece *out, bool *last,
                            struct grl_error *err)
{
    struct batch *b = user;
    size_t at = (size_t)(number % CREW_MOST_SLOTS);
    size_t len = 0;

    (void)err;
    *last = number >= b->count;
    if (*last)
        return GRL_OK;
    b->files[at].whole = whole_read(b->paths[number], to, ROOM_BYTES, &len,
                                    &b->files[at].facts);
    if (b->files[at].whole)
        *out = (struct piece){to, len, 0};
    return GRL_OK;
}

/* On any thread. */
static void look_ahead(void *user, size_t worker, size_t slot,
                       const struct piece *p)
{
    const struct batch *b = user;
    struct ahead *a = b->dumps->ahead;

    scout(a->fast[worker], p, &a->seen[slot]);
}

static enum grl_status take(void *user, size_t slot, const struct piece *p)
{
    struct batch *b = user;
    const char *path = b->paths[b->taken];
    size_t at = b->taken++ % CREW_MOST_SLOTS;

    if (!b->files[at].whole) /* the workers are at other files */
        return reading_file(b->dumps, path, b->listed, 0, &b->error);
    return reading_whole(b->dumps, path, b->listed, &b->files[at].facts, p,
                         &b->dumps->ahead->seen[slot], &b->error);
}

static enum grl_status read_together(struct batch *b, struct grl_error *err)
{
    const struct crew_work work = {
        .user = b,
        .source = b,
        .fill = fill,
        .room = ROOM_BYTES + PIECE_SLACK_BYTES,
        .apart = true,
        .ahead = look_ahead,
        .take = take,
    };
    enum grl_status st = crew_read(&work, b->dumps->ahead->workers, err);

    if (st != GRL_OK && b->error.code != GRL_OK && err != NULL)
        *err = b->error;
    return st;
}

/* How many of COUNT PATHS, from the first on, are small files; 0 when these are
 * not worth it. */
static size_t small_files(const char *const *paths, size_t count)
{
    size_t n = 0;

    while (n < count && whole_can(paths[n], ROOM_BYTES))
        n++;
    return n >= ALONE_FILES ? n : 0;
}

enum grl_status batch_read(struct grl_dumps *d, const char *const *paths,
                           size_t count, bool listed, struct grl_error *err)
{
    size_t workers = d->ahead != NULL ? d->ahead->workers : 0;
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && count > 0) {
        size_t n = workers > 0 ? small_files(paths, count) : 0;
        struct batch b = {
            .dumps = d, .paths = paths, .count = n, .listed = listed};

        st = n > 0 ? read_together(&b, err)
                   : reading_file(d, paths[0], listed, workers, err);
        n += n == 0;
        paths += n;
        count -= n;
    }
    return st;
}
