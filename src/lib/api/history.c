/* The history, as callers see it. */
#include "api/history.h"

#include "api/restore.h"
#include "base/error.h"

#include <stdlib.h>
#include <time.h>

enum grl_status grl_history_open(struct grl_history **out, const char *path,
                                 bool create, double wait_seconds,
                                 struct grl_error *err)
{
    struct grl_history *h = calloc(1, sizeof *h);
    enum grl_status st = GRL_OK;

    if (h == NULL)
        return fail_memory(err);
    st = database_open(&h->db, path, create, wait_seconds, err);
    if (st == GRL_OK)
        *out = h;
    else
        free(h);
    return st;
}

void grl_history_close(struct grl_history *h)
{
    if (h == NULL)
        return;
    sqlite3_close(h->db);
    free(h);
}

enum grl_status grl_history_begin(struct grl_history *h, struct grl_error *err)
{
    return database_run(h->db, "BEGIN IMMEDIATE", err);
}

enum grl_status grl_history_commit(struct grl_history *h, struct grl_error *err)
{
    return database_run(h->db, "COMMIT", err);
}

/* ---------------------------------------------------------------- snapshots */

static const struct grl_cluster *cluster_of(const void *user, size_t i)
{
    const struct snapshot *s = user;

    return &s->tallies[i]->pub;
}

enum grl_status grl_history_record(struct grl_history *h,
                                   const struct grl_dumps *d, size_t i,
                                   const char *instance, int64_t when,
                                   enum grl_copies copies, bool *fresh,
                                   struct grl_error *err)
{
    const struct snapshot *s = NULL;
    struct written w;

    if (i >= d->count || !d->options.keep_ids || d->merged != NULL ||
        d->grouping.by != GRL_GROUP_STACK)
        return fail(err, GRL_EINVAL, "a history needs whole stacks and all ids",
                    0);
    s = d->list[i];
    if (when == GRL_NO_TIME)
        when = s->info.time != GRL_NO_TIME ? s->info.time : (int64_t)time(NULL);
    w = (struct written){.instance = instance,
                         .dump = &s->info,
                         .time = when,
                         .copies = copies,
                         .bytes = s->bytes,
                         .cluster = cluster_of,
                         .user = s,
                         .count = s->count};
    return history_write(h->db, &w, fresh, err);
}

enum grl_status grl_history_span(struct grl_history *h, int64_t first,
                                 int64_t last, int64_t *seconds,
                                 struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = database_first(h->db, &s, &row, err,
                                        "SELECT max(time) - min(time) FROM "
                                        "snapshots WHERE time BETWEEN ? AND ?",
                                        "ii", first, last);

    *seconds = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return st;
}

enum grl_status grl_history_prune(struct grl_history *h, int64_t oldest,
                                  uint64_t bytes, uint64_t *dropped,
                                  struct grl_error *err)
{
    return history_prune(h->db, oldest, bytes, dropped, err);
}

enum grl_status grl_history_drop(struct grl_history *h, int64_t number,
                                 bool *found, struct grl_error *err)
{
    int before = sqlite3_total_changes(h->db);
    enum grl_status st = database_do(
        h->db, err, "DELETE FROM snapshots WHERE id = ?", "i", number);

    *found = sqlite3_total_changes(h->db) > before;
    return st;
}

enum grl_status grl_history_compact(struct grl_history *h,
                                    struct grl_error *err)
{
    return database_run(h->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", err);
}

struct listing_instances {
    void (*each)(void *user, const struct grl_history_instance *i);
    void *user;
};

static enum grl_status show_instance(void *user, sqlite3_stmt *s,
                                     struct grl_error *err)
{
    const struct listing_instances *l = user;
    const struct grl_history_instance i = {
        .name = database_text(s, 0),
        .snapshots = (uint64_t)sqlite3_column_int64(s, 1),
        .first = sqlite3_column_int64(s, 2),
        .last = sqlite3_column_int64(s, 3),
        .bytes = (uint64_t)sqlite3_column_int64(s, 4),
        .gaps = (uint64_t)sqlite3_column_int64(s, 5),
    };

    (void)err;
    l->each(l->user, &i);
    return GRL_OK;
}

enum grl_status
grl_history_list(struct grl_history *h,
                 void (*each)(void *user, const struct grl_history_instance *i),
                 void *user, struct grl_error *err)
{
    struct listing_instances l = {each, user};

    return database_each(
        h->db, show_instance, &l, err,
        "SELECT name, count(s.id),"
        " coalesce(min(time), (SELECT min(first) FROM gaps WHERE instance ="
        " name)), coalesce(max(time), (SELECT max(last) FROM gaps WHERE"
        " instance = name)), sum(length(body)),"
        " (SELECT count(*) FROM gaps WHERE instance = name)"
        " FROM (SELECT instance AS name FROM snapshots"
        " UNION SELECT instance FROM gaps)"
        " LEFT JOIN snapshots s ON s.instance = name GROUP BY name"
        " ORDER BY name",
        "");
}

/* --------------------------------------------------------------------- gaps */

enum grl_status grl_history_gap(struct grl_history *h, const char *instance,
                                struct grl_gap *out, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = database_first(
        h->db, &s, &row, err,
        "SELECT first, last, missed FROM gaps WHERE instance = ? AND open", "t",
        instance);

    *out = (struct grl_gap){0};
    if (row)
        *out = (struct grl_gap){.first = sqlite3_column_int64(s, 0),
                                .last = sqlite3_column_int64(s, 1),
                                .missed = (uint64_t)sqlite3_column_int64(s, 2)};
    sqlite3_finalize(s);
    return st;
}

enum grl_status grl_history_missed(struct grl_history *h, const char *instance,
                                   int64_t now, struct grl_error *err)
{
    int before = sqlite3_total_changes(h->db);
    enum grl_status st =
        database_do(h->db, err,
                    "UPDATE gaps SET last = ?, missed = missed + 1"
                    " WHERE instance = ? AND open",
                    "it", now, instance);

    if (st != GRL_OK || sqlite3_total_changes(h->db) > before)
        return st;
    return database_do(h->db, err,
                       "INSERT INTO gaps(instance, first, last, missed, open)"
                       " VALUES(?, ?, ?, 1, 1)",
                       "tii", instance, now, now);
}

enum grl_status grl_history_reached(struct grl_history *h, const char *instance,
                                    struct grl_error *err)
{
    return database_do(h->db, err,
                       "UPDATE gaps SET open = 0 WHERE instance = ? AND open",
                       "t", instance);
}

/* ------------------------------------------------------------------- verify */

struct verifying {
    struct grl_history *history;
    struct grl_error *err;
    enum grl_status status;
};

/* One at a time: of the length of the history no memory is needed. */
static enum grl_status verify_one(void *user, int64_t number,
                                  struct grl_error *err)
{
    struct grl_dumps *d = NULL;
    bool found = false;
    enum grl_status st = grl_dumps_new(&d, NULL, err);

    if (st == GRL_OK)
        st = grl_history_load_one(user, number, d, &found, err);
    grl_dumps_free(d);
    return st;
}

static void verify_instance(void *user, const struct grl_history_instance *i)
{
    struct verifying *v = user;

    if (v->status == GRL_OK)
        v->status = grl_history_numbers(v->history, i->name, verify_one,
                                        v->history, v->err);
}

static enum grl_status check_integrity(sqlite3 *db, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    const char *words = "";
    enum grl_status st = database_first(db, &s, &row, err,
                                        "PRAGMA integrity_check", "");

    if (row)
        words = database_text(s, 0);
    if (st == GRL_OK && strcmp(words, "ok") != 0)
        st = fail_detail(err, GRL_EIO, "history is damaged", words);
    sqlite3_finalize(s);
    return st;
}

enum grl_status grl_history_verify(struct grl_history *h, struct grl_error *err)
{
    struct verifying v = {h, err, check_integrity(h->db, err)};
    enum grl_status st = v.status;

    if (st == GRL_OK)
        st = grl_history_list(h, verify_instance, &v, err);
    return st == GRL_OK ? v.status : st;
}
