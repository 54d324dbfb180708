#include "api/batch.h"

#include "api/reading.h"
#include "input/whole.h"

/* Fewer files are not worth starting threads for; larger ones are read by
 * several threads each. */
enum { FEW_FILES = 8, ROOM_BYTES = 256 * 1024 };

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
    *last = number >= b->count || !whole_can(b->paths[number], ROOM_BYTES);
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

/* Read files one by one, and count them off. */
static enum grl_status read_alone(struct batch *b, size_t count, size_t workers,
                                  struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    for (; st == GRL_OK && b->taken < count; b->taken++)
        st = reading_file(b->dumps, b->paths[b->taken], b->listed, workers,
                          err);
    return st;
}

/* How many of the next files, up to FEW_FILES, are small. */
static size_t small_files(const struct batch *b)
{
    size_t n = 0;

    while (n < FEW_FILES && n < b->count && whole_can(b->paths[n], ROOM_BYTES))
        n++;
    return n;
}

/* The next small files together, or with them the one that is not. */
static enum grl_status read_some(struct batch *b, struct grl_error *err)
{
    size_t workers = b->dumps->ahead != NULL ? b->dumps->ahead->workers : 0;
    size_t small = workers > 0 ? small_files(b) : 0;

    if (workers == 0)
        return read_alone(b, b->count, 0, err);
    if (small == FEW_FILES)
        return read_together(b, err);
    return read_alone(b, small < b->count ? small + 1 : small, workers, err);
}

enum grl_status batch_read(struct grl_dumps *d, const char *const *paths,
                           size_t count, bool listed, struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && count > 0) {
        struct batch b = {
            .dumps = d, .paths = paths, .count = count, .listed = listed};

        st = read_some(&b, err);
        paths += b.taken;
        count -= b.taken;
    }
    return st;
}
