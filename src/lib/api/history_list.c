/* What a history has, told row by row: of its length no memory is needed. */
#include "api/history.h"
#include "report/listing.h"

static enum grl_status put_instances(struct listing *l, struct grl_history *h,
                                     const char *only, struct grl_error *err)
{
    struct listing_filter filter = {l, only};

    return grl_history_list(h, listing_instance, &filter, err);
}

static enum grl_status put_snapshot(void *user, sqlite3_stmt *s,
                                    struct grl_error *err)
{
    const struct listing_snapshot row = {
        .number = sqlite3_column_int64(s, 0),
        .instance = database_text(s, 1),
        .time = sqlite3_column_int64(s, 2),
        .source = database_text(s, 3),
        .form = database_text(s, 4),
        .goroutines = (uint64_t)sqlite3_column_int64(s, 5),
        .truncated = sqlite3_column_int(s, 6) != 0,
    };

    (void)err;
    listing_snapshot(user, &row);
    return GRL_OK;
}

static enum grl_status put_snapshots(struct listing *l, struct grl_history *h,
                                     const char *only, struct grl_error *err)
{
    return database_each(
        h->db, put_snapshot, l, err,
        "SELECT id, instance, time, source, form, goroutines, truncated"
        " FROM snapshots WHERE ?1 = '' OR instance = ?1"
        " ORDER BY instance, time, id",
        "t", only);
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

struct silences {
    struct listing *listing;
    int64_t now;
};

static enum grl_status put_silence(void *user, sqlite3_stmt *s,
                                   struct grl_error *err)
{
    const struct silences *q = user;
    const struct listing_silence row = {
        .signature = database_text(s, 0),
        .until = sqlite3_column_int64(s, 1),
        .over = sqlite3_column_int64(s, 1) <= q->now,
        .why = database_text(s, 2),
        .function = (const char *)sqlite3_column_text(s, 3),
    };

    (void)err;
    listing_silence(q->listing, &row);
    return GRL_OK;
}

enum grl_status grl_report_silences(const struct grl_report *r,
                                    struct grl_history *h, int64_t now,
                                    struct grl_error *err)
{
    struct listing l;
    struct silences q = {&l, now};
    enum grl_status st = GRL_OK;

    listing_begin(&l, r, "silence", "silences");
    st = database_each(
        h->db, put_silence, &q, err,
        "SELECT signature, until, why, (SELECT max(name) FROM findings f WHERE"
        " substr(f.signature, 1, length(q.signature)) = q.signature)"
        " FROM silences q ORDER BY signature",
        "");
    return st == GRL_OK ? listing_end(&l, err) : st;
}
