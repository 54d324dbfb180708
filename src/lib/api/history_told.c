/* What a history knows was told of leaks, and is silent about. */
#include "api/history.h"
#include "base/error.h"
#include "base/grow.h"

#include <stdio.h>

static void get_told(sqlite3_stmt *s, struct grl_told *out)
{
    *out = (struct grl_told){
        .since = sqlite3_column_int64(s, 2),
        .told = sqlite3_column_int64(s, 3),
        .count = (uint64_t)sqlite3_column_int64(s, 4),
        .open = sqlite3_column_int(s, 5) != 0,
    };
    snprintf(out->signature, sizeof out->signature, "%s", database_text(s, 0));
    snprintf(out->name, sizeof out->name, "%s", database_text(s, 1));
}

#define TOLD                                                                   \
    "SELECT signature, name, since, told, told_count, open FROM findings"

enum grl_status grl_history_told(struct grl_history *h, const char *instance,
                                 const char *signature, struct grl_told *out,
                                 bool *known, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    enum grl_status st = database_first(
        h->db, &s, known, err, TOLD " WHERE instance = ? AND signature = ?",
        "tt", instance, signature);

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

struct told_list {
    struct grl_told *list;
    size_t count, capacity;
};

static enum grl_status add_told(void *user, sqlite3_stmt *s,
                                struct grl_error *err)
{
    struct told_list *t = user;

    if (!GROW(t->list, t->capacity, t->count + 1))
        return fail_memory(err);
    get_told(s, &t->list[t->count++]);
    return GRL_OK;
}

enum grl_status grl_history_open_leaks(struct grl_history *h,
                                       const char *instance,
                                       struct grl_told **out, size_t *count,
                                       struct grl_error *err)
{
    struct told_list t = {NULL, 0, 0};
    enum grl_status st = database_each(
        h->db, add_told, &t, err,
        TOLD " WHERE instance = ? AND open ORDER BY since, signature", "t",
        instance);

    *out = t.list;
    *count = t.count;
    return st;
}

enum grl_status grl_history_is_told(struct grl_history *h,
                                    const char *signature, bool *told,
                                    struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    enum grl_status st = database_first(
        h->db, &s, told, err,
        "SELECT 1 FROM findings WHERE substr(signature, 1, length(?1)) = ?1",
        "t", signature);

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
    enum grl_status st = database_first(
        h->db, &s, silent, err,
        "SELECT 1 FROM silences WHERE substr(?1, 1, length(signature)) ="
        " signature AND until > ?2",
        "ti", signature, now);

    sqlite3_finalize(s);
    return st;
}
