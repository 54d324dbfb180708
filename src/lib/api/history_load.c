/* Snapshots of a history, read as dumps. */
#include "api/history.h"
#include "api/restore.h"
#include "base/error.h"
#include "store/choose.h"

#include <stdlib.h>

/* Read back what READ shows of H. */
static enum grl_status
load(struct grl_history *h, struct grl_dumps *d,
     enum grl_status (*read)(sqlite3 *db, const struct history_visit *v,
                             void *user, struct grl_error *err),
     void *user, struct grl_error *err)
{
    struct restoring r = {.dumps = d, .record = calloc(1, sizeof *r.record)};
    const struct history_visit visit = {restore_begin, restore_cluster,
                                        restore_end, &r};
    enum grl_status st = GRL_ENOMEM;

    if (r.record == NULL)
        return fail_memory(err);
    st = read(h->db, &visit, user, err);
    if (st != GRL_OK)
        dumps_stop(d);
    if (st != GRL_OK && err != NULL && r.error.code != GRL_OK)
        *err = r.error;
    if (st != GRL_OK && err != NULL && d->error.code != GRL_OK)
        *err = d->error;
    free(r.record);
    return st;
}

struct wanted {
    const char *instance;
    size_t most;
    int64_t number;
    bool found;
    struct grl_clock clock;
};

static enum grl_status read_some(sqlite3 *db, const struct history_visit *v,
                                 void *user, struct grl_error *err)
{
    const struct wanted *w = user;

    return choose_by_time(db, w->instance, w->most, v, err);
}

static enum grl_status read_recorded(sqlite3 *db, const struct history_visit *v,
                                     void *user, struct grl_error *err)
{
    struct wanted *w = user;

    return choose_as_recorded(db, w->instance, w->most, v, &w->clock, err);
}

static enum grl_status read_one(sqlite3 *db, const struct history_visit *v,
                                void *user, struct grl_error *err)
{
    struct wanted *w = user;

    return history_read_one(db, w->number, v, &w->found, err);
}

enum grl_status grl_history_load(struct grl_history *h, const char *instance,
                                 size_t most, struct grl_dumps *d,
                                 struct grl_error *err)
{
    struct wanted w = {.instance = instance, .most = most};

    return load(h, d, read_some, &w, err);
}

enum grl_status grl_history_load_recorded(struct grl_history *h,
                                          const char *instance, size_t most,
                                          struct grl_dumps *d,
                                          struct grl_clock *clock,
                                          struct grl_error *err)
{
    struct wanted w = {.instance = instance, .most = most};
    enum grl_status st = load(h, d, read_recorded, &w, err);

    *clock = w.clock;
    return st;
}

struct numbers {
    enum grl_status (*each)(void *user, int64_t number, struct grl_error *err);
    void *user;
};

static enum grl_status show_number(void *user, sqlite3_stmt *s,
                                   struct grl_error *err)
{
    const struct numbers *n = user;

    return n->each(n->user, sqlite3_column_int64(s, 0), err);
}

enum grl_status grl_history_numbers(
    struct grl_history *h, const char *instance,
    enum grl_status (*each)(void *user, int64_t number, struct grl_error *err),
    void *user, struct grl_error *err)
{
    struct numbers n = {each, user};

    return database_each(
        h->db, show_number, &n, err,
        "SELECT id FROM snapshots WHERE instance = ? ORDER BY time, id", "t",
        instance);
}

enum grl_status grl_history_load_one(struct grl_history *h, int64_t number,
                                     struct grl_dumps *d, bool *found,
                                     struct grl_error *err)
{
    struct wanted w = {.number = number};
    enum grl_status st = load(h, d, read_one, &w, err);

    *found = w.found;
    return st;
}
