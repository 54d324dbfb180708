/* What a history has, told row by row: of its length no memory is needed. */
#include "api/history.h"
#include "report/listing.h"

static enum grl_status put_instances(struct listing *l, struct grl_history *h,
                                     const char *only, struct grl_error *err)
{
    struct listing_filter filter = {l, only};

    return grl_history_list(h, listing_instance, &filter, err);
}

static const char *text(sqlite3_stmt *s, int column)
{
    const unsigned char *value = sqlite3_column_text(s, column);

    return value != NULL ? (const char *)value : "";
}

static void put_snapshot(struct listing *l, sqlite3_stmt *s)
{
    const struct listing_snapshot row = {
        .number = sqlite3_column_int64(s, 0),
        .instance = text(s, 1),
        .time = sqlite3_column_int64(s, 2),
        .source = text(s, 3),
        .form = text(s, 4),
        .goroutines = (uint64_t)sqlite3_column_int64(s, 5),
        .truncated = sqlite3_column_int(s, 6) != 0,
    };

    listing_snapshot(l, &row);
}

static enum grl_status put_snapshots(struct listing *l, struct grl_history *h,
                                     const char *only, struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = true;
    enum grl_status st = database_ask(
        h->db, &s, err,
        "SELECT id, instance, time, source, form, goroutines, truncated"
        " FROM snapshots WHERE ?1 = '' OR instance = ?1"
        " ORDER BY instance, time, id",
        "t", only);

    while (st == GRL_OK && row) {
        st = database_step(s, &row, err);
        if (st == GRL_OK && row)
            put_snapshot(l, s);
    }
    sqlite3_finalize(s);
    return st;
}

enum grl_status grl_report_history(const struct grl_report *r,
                                   struct grl_history *h, const char *instance,
                                   struct grl_error *err)
{
    struct listing l;
    enum grl_status st = GRL_OK;

    listing_begin(&l, r, "history list", r->all ? "snapshots" : "instances");
    st = r->all ? put_snapshots(&l, h, instance, err)
                : put_instances(&l, h, instance, err);
    return st == GRL_OK ? listing_end(&l, err) : st;
}

static void put_silence(struct listing *l, sqlite3_stmt *s, int64_t now)
{
    const struct listing_silence row = {
        .signature = text(s, 0),
        .until = sqlite3_column_int64(s, 1),
        .over = sqlite3_column_int64(s, 1) <= now,
        .why = text(s, 2),
        .function = (const char *)sqlite3_column_text(s, 3),
    };

    listing_silence(l, &row);
}

enum grl_status grl_report_silences(const struct grl_report *r,
                                    struct grl_history *h, int64_t now,
                                    struct grl_error *err)
{
    struct listing l;
    sqlite3_stmt *s = NULL;
    bool row = true;
    enum grl_status st = database_ask(
        h->db, &s, err,
        "SELECT signature, until, why, (SELECT max(name) FROM findings f WHERE"
        " substr(f.signature, 1, length(q.signature)) = q.signature)"
        " FROM silences q ORDER BY signature",
        "");

    listing_begin(&l, r, "silence", "silences");
    while (st == GRL_OK && row) {
        st = database_step(s, &row, err);
        if (st == GRL_OK && row)
            put_silence(&l, s, now);
    }
    sqlite3_finalize(s);
    return st == GRL_OK ? listing_end(&l, err) : st;
}
