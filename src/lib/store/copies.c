#include "store/copies.h"

#include <string.h>

/* Under which a copy is kept that counts: it is of its content and time. */
static XXH128_canonical_t at_time(const XXH128_canonical_t *content,
                                  int64_t time)
{
    unsigned char bytes[sizeof *content + 8];
    XXH128_canonical_t digest;

    memcpy(bytes, content, sizeof *content);
    for (size_t i = 0; i < 8; i++)
        bytes[sizeof *content + i] = (unsigned char)((uint64_t)time >> 8 * i);
    XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes, sizeof bytes));
    return digest;
}

static bool is(sqlite3_stmt *s, int column, const XXH128_canonical_t *digest)
{
    return (size_t)sqlite3_column_bytes(s, column) == sizeof *digest &&
           memcmp(sqlite3_column_blob(s, column), digest, sizeof *digest) == 0;
}

/* Has the newest snapshot the same content?  *DIGEST becomes what it is kept
 * under then. */
static enum grl_status newest_is_like(sqlite3 *db, const struct written *w,
                                      XXH128_canonical_t *digest, bool *like,
                                      struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st =
        database_first(db, &s, &row, err,
                       "SELECT digest, time FROM snapshots WHERE instance = ?"
                       " ORDER BY time DESC, id DESC LIMIT 1",
                       "t", w->instance);

    if (row) {
        XXH128_canonical_t then = at_time(digest, sqlite3_column_int64(s, 1));

        *like = is(s, 0, digest) || is(s, 0, &then);
        *digest = is(s, 0, &then) ? then : *digest;
    }
    sqlite3_finalize(s);
    return st;
}

static enum grl_status find(sqlite3 *db, const struct written *w,
                            const XXH128_canonical_t *digest, bool *found,
                            int64_t *time, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    enum grl_status st = database_first(
        db, &s, found, err,
        "SELECT time FROM snapshots WHERE instance = ? AND digest = ?", "tb",
        w->instance, (const void *)digest, sizeof *digest);

    if (*found)
        *time = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return st;
}

enum grl_status copies_find(sqlite3 *db, const struct written *w,
                            XXH128_canonical_t *digest, bool *counted,
                            struct grl_error *err)
{
    int64_t time = 0;
    enum grl_status st = GRL_OK;

    *counted = false;
    if (w->copies == GRL_COPIES_NEWEST)
        st = newest_is_like(db, w, digest, counted, err);
    if (st != GRL_OK || *counted)
        return st;
    st = find(db, w, digest, counted, &time, err);
    if (st != GRL_OK || !*counted || w->copies == GRL_COPIES_ALL ||
        time == w->time)
        return st;
    *digest = at_time(digest, w->time);
    return find(db, w, digest, counted, &time, err);
}
