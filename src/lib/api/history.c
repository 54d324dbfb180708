/* The history, as callers see it. */
#include "api/history.h"

#include "api/restore.h"
#include "base/error.h"
#include "base/grow.h"

#include <stdio.h>
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
    enum grl_status st = database_ask(h->db, &s, err,
                                      "SELECT max(time) - min(time) FROM "
                                      "snapshots WHERE time BETWEEN ? AND ?",
                                      "ii", first, last);

    if (st == GRL_OK)
        st = database_step(s, &row, err);
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

static void get_instance(sqlite3_stmt *s, struct grl_history_instance *out)
{
    const unsigned char *name = sqlite3_column_text(s, 0);

    *out = (struct grl_history_instance){
        .name = name != NULL ? (const char *)name : "",
        .snapshots = (uint64_t)sqlite3_column_int64(s, 1),
        .first = sqlite3_column_int64(s, 2),
        .last = sqlite3_column_int64(s, 3),
        .bytes = (uint64_t)sqlite3_column_int64(s, 4),
        .gaps = (uint64_t)sqlite3_column_int64(s, 5),
    };
}

enum grl_status
grl_history_list(struct grl_history *h,
                 void (*each)(void *user, const struct grl_history_instance *i),
                 void *user, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = true;
    enum grl_status st = database_ask(
        h->db, &s, err,
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

    while (st == GRL_OK && row) {
        struct grl_history_instance i;

        st = database_step(s, &row, err);
        if (st != GRL_OK || !row)
            break;
        get_instance(s, &i);
        each(user, &i);
    }
    sqlite3_finalize(s);
    return st;
}

/* --------------------------------------------------------------------- gaps */

enum grl_status grl_history_gap(struct grl_history *h, const char *instance,
                                struct grl_gap *out, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = database_ask(
        h->db, &s, err,
        "SELECT first, last, missed FROM gaps WHERE instance = ? AND open", "t",
        instance);

    *out = (struct grl_gap){0};
    if (st == GRL_OK)
        st = database_step(s, &row, err);
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
static bool verify_one(void *user, int64_t number)
{
    struct verifying *v = user;
    struct grl_dumps *d = NULL;
    bool found = false;

    v->status = grl_dumps_new(&d, NULL, v->err);
    if (v->status == GRL_OK && d != NULL)
        v->status = grl_history_load_one(v->history, number, d, &found, v->err);
    grl_dumps_free(d);
    return v->status == GRL_OK;
}

static void verify_instance(void *user, const struct grl_history_instance *i)
{
    struct verifying *v = user;
    enum grl_status st = GRL_OK;

    if (v->status == GRL_OK)
        st = grl_history_numbers(v->history, i->name, verify_one, v, v->err);
    if (st != GRL_OK)
        v->status = st;
}

static enum grl_status check_integrity(sqlite3 *db, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    const unsigned char *words = NULL;
    enum grl_status st = database_ask(db, &s, err, "PRAGMA integrity_check",
                                      "");

    if (st == GRL_OK)
        st = database_step(s, &row, err);
    words = row ? sqlite3_column_text(s, 0) : NULL;
    if (st == GRL_OK &&
        (words == NULL || strcmp((const char *)words, "ok") != 0))
        st = fail_detail(err, GRL_EIO, "history is damaged",
                         words != NULL ? (const char *)words : "");
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

/* --------------------------------------------------------- what was told */

static void get_told(sqlite3_stmt *s, struct grl_told *out)
{
    const unsigned char *signature = sqlite3_column_text(s, 0);
    const unsigned char *name = sqlite3_column_text(s, 1);

    *out = (struct grl_told){
        .since = sqlite3_column_int64(s, 2),
        .told = sqlite3_column_int64(s, 3),
        .count = (uint64_t)sqlite3_column_int64(s, 4),
        .open = sqlite3_column_int(s, 5) != 0,
    };
    snprintf(out->signature, sizeof out->signature, "%s",
             signature != NULL ? (const char *)signature : "");
    snprintf(out->name, sizeof out->name, "%s",
             name != NULL ? (const char *)name : "");
}

#define TOLD                                                                   \
    "SELECT signature, name, since, told, told_count, open FROM findings"

enum grl_status grl_history_told(struct grl_history *h, const char *instance,
                                 const char *signature, struct grl_told *out,
                                 bool *known, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    enum grl_status st = database_ask(
        h->db, &s, err, TOLD " WHERE instance = ? AND signature = ?", "tt",
        instance, signature);

    *known = false;
    if (st == GRL_OK)
        st = database_step(s, known, err);
    if (st == GRL_OK && *known)
        get_told(s, out);
    sqlite3_finalize(s);
    return st;
}

enum grl_status grl_history_tell(struct grl_history *h, const char *instance,
                                 const struct grl_told *t,
                                 struct grl_error *err)
{
    return database_do(h->db, err,
                       "INSERT OR REPLACE INTO findings(instance, signature,"
                       " since, told, told_count, open, name)"
                       " VALUES(?, ?, ?, ?, ?, ?, ?)",
                       "ttiiiit", instance, t->signature, t->since, t->told,
                       (int64_t)t->count, (int64_t)t->open, t->name);
}

enum grl_status grl_history_open_leaks(struct grl_history *h,
                                       const char *instance,
                                       struct grl_told **out, size_t *count,
                                       struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    size_t capacity = 0;
    bool row = true;
    enum grl_status st = database_ask(
        h->db, &s, err,
        TOLD " WHERE instance = ? AND open ORDER BY since, signature", "t",
        instance);

    *out = NULL;
    *count = 0;
    while (st == GRL_OK && row) {
        st = database_step(s, &row, err);
        if (st != GRL_OK || !row)
            break;
        if (GROW(*out, capacity, *count + 1))
            get_told(s, &(*out)[(*count)++]);
        else
            st = fail_memory(err);
    }
    sqlite3_finalize(s);
    return st;
}

enum grl_status grl_history_silence(struct grl_history *h,
                                    const char *signature, int64_t until,
                                    const char *why, struct grl_error *err)
{
    return database_do(h->db, err,
                       "INSERT OR REPLACE INTO silences(signature, until, why)"
                       " VALUES(?, ?, ?)",
                       "tit", signature, until, why);
}

enum grl_status grl_history_unsilence(struct grl_history *h,
                                      const char *signature, bool *was,
                                      struct grl_error *err)
{
    int before = sqlite3_total_changes(h->db);
    enum grl_status st = database_do(
        h->db, err, "DELETE FROM silences WHERE signature = ?", "t", signature);

    *was = sqlite3_total_changes(h->db) > before;
    return st;
}

enum grl_status grl_history_is_silent(struct grl_history *h,
                                      const char *signature, int64_t now,
                                      bool *silent, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    enum grl_status st = database_ask(
        h->db, &s, err,
        "SELECT 1 FROM silences WHERE substr(?1, 1, length(signature)) ="
        " signature AND until > ?2",
        "ti", signature, now);

    *silent = false;
    if (st == GRL_OK)
        st = database_step(s, silent, err);
    sqlite3_finalize(s);
    return st;
}
