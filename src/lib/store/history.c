#include "store/history.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/xxh.h"
#include "store/copies.h"
#include "store/pack.h"

#include <stdlib.h>
#include <zlib.h>

/* ------------------------------------------------------------------ writing */

static void pack_frame(struct pack *p, const struct grl_frame *f)
{
    pack_text(p, text_of(f->function));
    pack_text(p, text_of(f->file));
    pack_number(p, f->line);
}

/* What a signature is made of, but the state, which clusters have. */
static void pack_stack(struct pack *p, const struct grl_cluster *c)
{
    pack_number(p, c->elided);
    pack_number(p, c->frame_count);
    for (size_t i = 0; i < c->frame_count; i++)
        pack_frame(p, c->frames[i]);
    pack_number(p, c->created_by != NULL);
    if (c->created_by != NULL)
        pack_frame(p, c->created_by);
}

static void pack_cluster(struct pack *p, const struct grl_cluster *c)
{
    uint64_t last = 0;

    pack_number(p, c->count);
    pack_number(p, c->locked);
    pack_number(p, c->leaked);
    pack_number(p, c->waits.known);
    pack_number(p, c->waits.known > 0 ? (uint64_t)c->waits.min : 0);
    pack_number(p, c->waits.known > 0 ? (uint64_t)c->waits.median : 0);
    pack_number(p, c->waits.known > 0 ? (uint64_t)c->waits.max : 0);
    pack_number(p, c->state_count);
    for (size_t i = 0; i < c->state_count; i++) {
        pack_text(p, text_of(c->states[i].state));
        pack_number(p, c->states[i].count);
    }
    pack_number(p, c->id_count);
    for (size_t i = 0; i < c->id_count; i++) {
        pack_number(p, c->ids[i] - last);
        last = c->ids[i];
    }
}

static enum grl_status stack_id(sqlite3 *db, const struct grl_cluster *c,
                                int64_t *id, struct grl_error *err)
{
    struct pack body = {NULL, 0, 0, false};
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = database_first(
        db, &s, &row, err, "SELECT id FROM stacks WHERE signature = ?", "t",
        c->signature);

    *id = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    if (st != GRL_OK || row)
        return st;
    pack_stack(&body, c);
    st = body.lost ? fail_memory(err)
                   : database_do(db, err,
                                 "INSERT INTO stacks(signature, body) "
                                 "VALUES(?, ?)",
                                 "tb", c->signature, (const void *)body.bytes,
                                 body.len);
    pack_free(&body);
    *id = sqlite3_last_insert_rowid(db);
    return st;
}

static enum grl_status pack_all(sqlite3 *db, const struct written *w,
                                struct pack *body, struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    pack_number(body, w->count);
    for (size_t i = 0; i < w->count && st == GRL_OK; i++) {
        const struct grl_cluster *c = w->cluster(w->user, i);
        struct pack one = {NULL, 0, 0, false};
        int64_t id = 0;

        st = stack_id(db, c, &id, err);
        pack_number(body, (uint64_t)id);
        pack_cluster(&one, c);
        pack_text(body, (struct grl_text){(const char *)one.bytes, one.len});
        body->lost = body->lost || one.lost;
        pack_free(&one);
    }
    return st == GRL_OK && body->lost ? fail_memory(err) : st;
}

/* The memory beside the snapshot with DIGEST. */
static enum grl_status set_memory(sqlite3 *db, const struct written *w,
                                  const XXH128_canonical_t *digest,
                                  struct grl_error *err)
{
    const struct grl_memory *m = w->dump->memory;

    if (m == NULL)
        return GRL_OK;
    return database_do(db, err,
                       "UPDATE snapshots SET heap_inuse = ?, stack_inuse = ?,"
                       " sys = ?, num_gc = ? WHERE instance = ? AND digest = ?",
                       "iiiitb", (int64_t)m->heap_inuse,
                       (int64_t)m->stack_inuse, (int64_t)m->sys,
                       (int64_t)m->num_gc, w->instance, (const void *)digest,
                       sizeof *digest);
}

static enum grl_status insert(sqlite3 *db, const struct written *w,
                              const struct pack *body,
                              const unsigned char *packed, size_t packed_len,
                              bool *fresh, struct grl_error *err)
{
    XXH128_canonical_t digest;
    const struct grl_dump *d = w->dump;
    enum grl_status st = GRL_OK;
    bool counted = false;

    XXH128_canonicalFromHash(&digest, XXH3_128bits(body->bytes, body->len));
    st = copies_find(db, w, &digest, &counted, err);
    if (st != GRL_OK || counted)
        return st == GRL_OK ? set_memory(db, w, &digest, err) : st;
    st = database_do(
        db, err,
        "INSERT INTO snapshots(instance, time, source, form,"
        " goroutines, truncated, damaged, skipped, bytes, digest, size, body)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "tittiiiiibib", w->instance, w->time, d->source, d->form,
        (int64_t)d->goroutines, (int64_t)d->truncated, (int64_t)d->damaged,
        (int64_t)d->skipped_lines, (int64_t)w->bytes, (const void *)&digest,
        sizeof digest, (int64_t)body->len, (const void *)packed, packed_len);
    *fresh = st == GRL_OK;
    return st == GRL_OK ? set_memory(db, w, &digest, err) : st;
}

static enum grl_status write_packed(sqlite3 *db, const struct written *w,
                                    const struct pack *body, bool *fresh,
                                    struct grl_error *err)
{
    uLongf len = compressBound(body->len);
    unsigned char *packed = malloc(len);
    enum grl_status st = GRL_ENOMEM;

    if (packed != NULL &&
        compress2(packed, &len, body->bytes, body->len, 6) == Z_OK)
        st = insert(db, w, body, packed, len, fresh, err);
    else
        fail_memory(err);
    free(packed);
    return st;
}

enum grl_status history_write(sqlite3 *db, const struct written *w, bool *fresh,
                              struct grl_error *err)
{
    struct pack body = {NULL, 0, 0, false};
    enum grl_status st = database_run(db, "SAVEPOINT w", err);

    *fresh = false;
    if (st != GRL_OK)
        return st;
    st = pack_all(db, w, &body, err);
    if (st == GRL_OK)
        st = write_packed(db, w, &body, fresh, err);
    pack_free(&body);
    if (st != GRL_OK)
        database_run(db, "ROLLBACK TO w", NULL);
    if (database_run(db, "RELEASE w", st == GRL_OK ? err : NULL) != GRL_OK &&
        st == GRL_OK)
        st = GRL_EIO;
    return st;
}

/* ------------------------------------------------------------------ reading */

static enum grl_status damaged(struct grl_error *err)
{
    return fail(err, GRL_EIO, "history is damaged: a snapshot cannot be read",
                0);
}

static enum grl_status show_cluster(sqlite3_stmt *stacks, struct unpack *u,
                                    const struct history_visit *v,
                                    struct grl_error *err)
{
    int64_t id = (int64_t)unpack_number(u);
    struct grl_text body = unpack_text(u);
    struct read_cluster c;
    bool row = false;
    enum grl_status st = GRL_OK;

    sqlite3_reset(stacks);
    if (u->damaged || sqlite3_bind_int64(stacks, 1, id) != SQLITE_OK)
        return damaged(err);
    st = database_step(stacks, &row, err);
    if (st != GRL_OK)
        return st;
    if (!row)
        return damaged(err);
    c.stack = sqlite3_column_blob(stacks, 0);
    c.stack_len = (size_t)sqlite3_column_bytes(stacks, 0);
    c.body = (const unsigned char *)body.ptr;
    c.body_len = body.len;
    return v->cluster(v->user, &c);
}

static enum grl_status show_body(sqlite3_stmt *stacks, struct unpack u,
                                 const struct history_visit *v,
                                 struct grl_error *err)
{
    uint64_t n = unpack_number(&u);
    enum grl_status st = GRL_OK;

    for (uint64_t i = 0; i < n && st == GRL_OK; i++)
        st = show_cluster(stacks, &u, v, err);
    return st == GRL_OK && u.damaged ? damaged(err) : st;
}

/* The columns that show() reads. */
#define SNAPSHOT                                                               \
    "SELECT source, form, time, truncated, damaged, skipped, bytes, size,"     \
    " body, heap_inuse, stack_inuse, sys, num_gc FROM snapshots"

static enum grl_status show(sqlite3_stmt *s, sqlite3_stmt *stacks,
                            const struct history_visit *v,
                            struct grl_error *err)
{
    const struct read_snapshot snapshot = {
        .source = database_text(s, 0),
        .form = database_text(s, 1),
        .time = sqlite3_column_int64(s, 2),
        .truncated = sqlite3_column_int(s, 3) != 0,
        .damaged = (uint64_t)sqlite3_column_int64(s, 4),
        .skipped = (uint64_t)sqlite3_column_int64(s, 5),
        .bytes = (uint64_t)sqlite3_column_int64(s, 6),
        .has_memory = sqlite3_column_type(s, 9) != SQLITE_NULL,
        .memory = {(uint64_t)sqlite3_column_int64(s, 9),
                   (uint64_t)sqlite3_column_int64(s, 10),
                   (uint64_t)sqlite3_column_int64(s, 11),
                   (uint64_t)sqlite3_column_int64(s, 12)},
    };
    int64_t size = sqlite3_column_int64(s, 7);
    uLongf len = size > 0 && (uint64_t)size <= LIMIT_EXPANDED_BYTES
                     ? (uLongf)size
                     : 0;
    unsigned char *body = malloc(len + 1);
    enum grl_status st = GRL_OK;

    if (body == NULL)
        return fail_memory(err);
    if (len == 0 || uncompress(body, &len, sqlite3_column_blob(s, 8),
                               (uLong)sqlite3_column_bytes(s, 8)) != Z_OK)
        st = damaged(err);
    if (st == GRL_OK)
        st = v->begin(v->user, &snapshot);
    if (st == GRL_OK)
        st = show_body(stacks, (struct unpack){body, len, false}, v, err);
    if (st == GRL_OK)
        st = v->end(v->user, &snapshot);
    free(body);
    return st;
}

enum grl_status history_read_one(sqlite3 *db, int64_t number,
                                 const struct history_visit *v, bool *found,
                                 struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    sqlite3_stmt *stacks = NULL;
    enum grl_status st = database_first(db, &s, found, err,
                                        SNAPSHOT " WHERE id = ?", "i", number);

    if (st == GRL_OK && *found)
        st = database_ask(db, &stacks, err,
                          "SELECT body FROM stacks WHERE id = ?", "");
    if (st == GRL_OK && *found)
        st = show(s, stacks, v, err);
    sqlite3_finalize(stacks);
    sqlite3_finalize(s);
    return st;
}

/* ------------------------------------------------------------------ pruning */

static enum grl_status bytes_of(sqlite3 *db, uint64_t *bytes,
                                struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = database_first(
        db, &s, &row, err,
        "SELECT coalesce(sum(length(body) + 200), 0) FROM snapshots", "");

    *bytes = row ? (uint64_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return st;
}

enum grl_status history_prune(sqlite3 *db, int64_t oldest, uint64_t bytes,
                              uint64_t *dropped, struct grl_error *err)
{
    static const char thin[] =
        "DELETE FROM snapshots WHERE id IN (SELECT id FROM (SELECT id,"
        " row_number() OVER (PARTITION BY instance ORDER BY time, id) AS place,"
        " count(*) OVER (PARTITION BY instance) AS n FROM snapshots)"
        " WHERE place * 2 <= n + 1 AND place % 2 = 0 AND n > 4)";
    int before = sqlite3_total_changes(db);
    int last = -1;
    uint64_t held = 0;
    enum grl_status st = database_do(
        db, err, "DELETE FROM snapshots WHERE time < ?", "i", oldest);

    while (st == GRL_OK && bytes > 0 && last != sqlite3_total_changes(db)) {
        last = sqlite3_total_changes(db);
        st = bytes_of(db, &held, err);
        if (st == GRL_OK && held > bytes)
            st = database_run(db, thin, err);
    }
    *dropped = (uint64_t)(sqlite3_total_changes(db) - before);
    return st;
}
