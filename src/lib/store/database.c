#include "store/database.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION = 0x67726c68, VERSION = 3 }; /* "grlh" */

/* What leads from each version to the next; a file that has nothing is of
 * version 0.  A step that was released is never changed. */
static const char *const steps[VERSION] = {
    "CREATE TABLE stacks(id INTEGER PRIMARY KEY, signature TEXT UNIQUE,"
    " body BLOB);"
    "CREATE TABLE snapshots(id INTEGER PRIMARY KEY, instance TEXT, time "
    "INTEGER,"
    " source TEXT, form TEXT, goroutines INTEGER, truncated INTEGER,"
    " damaged INTEGER, skipped INTEGER, bytes INTEGER, digest BLOB,"
    " size INTEGER, body BLOB, UNIQUE(instance, digest));"
    "CREATE INDEX snapshots_by_time ON snapshots(instance, time, id);"
    "CREATE TABLE findings(instance TEXT, signature TEXT, since INTEGER,"
    " told INTEGER, told_count INTEGER, open INTEGER, name TEXT,"
    " PRIMARY KEY(instance, signature));"
    "CREATE TABLE silences(signature TEXT PRIMARY KEY, until INTEGER,"
    " why TEXT);"
    "PRAGMA application_id = 1735552104; PRAGMA user_version = 1;",
    "CREATE TABLE gaps(instance TEXT, first INTEGER, last INTEGER,"
    " missed INTEGER, open INTEGER);"
    "CREATE INDEX gaps_by_instance ON gaps(instance, open);"
    "PRAGMA user_version = 2;",
    "ALTER TABLE snapshots ADD COLUMN heap_inuse INTEGER;"  /* NULL: unknown, */
    "ALTER TABLE snapshots ADD COLUMN stack_inuse INTEGER;" /* as are these */
    "ALTER TABLE snapshots ADD COLUMN sys INTEGER;"
    "ALTER TABLE snapshots ADD COLUMN num_gc INTEGER;"
    "PRAGMA user_version = 3;",
};

_Static_assert(APPLICATION == 1735552104, "as in the steps");

/* What went wrong last. */
static enum grl_status failed(sqlite3 *db, struct grl_error *err)
{
    int code = sqlite3_errcode(db);

    if (code == SQLITE_NOMEM)
        return fail_memory(err);
    if (code == SQLITE_BUSY)
        return fail(err, GRL_EIO, "another goroleak is at this history", 0);
    /* Itself could be opened, and for writing: see touch(). */
    if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
        return fail(err, GRL_EIO,
                    "cannot have its -wal and -shm files beside it: it needs a "
                    "folder one may write to, on a local file system",
                    0);
    return fail_detail(err, GRL_EIO, "history", sqlite3_errmsg(db));
}

enum grl_status database_run(sqlite3 *db, const char *sql,
                             struct grl_error *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? GRL_OK
               : failed(db, err);
}

static int bind(sqlite3_stmt *s, const char *types, va_list args)
{
    int code = SQLITE_OK;

    for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++) {
        if (types[i] == 't') {
            code = sqlite3_bind_text(s, i + 1, va_arg(args, const char *), -1,
                                     SQLITE_STATIC);
        } else if (types[i] == 'i') {
            code = sqlite3_bind_int64(s, i + 1, va_arg(args, int64_t));
        } else {
            const void *bytes = va_arg(args, const void *);

            code = sqlite3_bind_blob64(s, i + 1, bytes, va_arg(args, size_t),
                                       SQLITE_STATIC);
        }
    }
    return code;
}

static enum grl_status ask(sqlite3 *db, sqlite3_stmt **out,
                           struct grl_error *err, const char *sql,
                           const char *types, va_list args)
{
    enum grl_status st = GRL_OK;

    *out = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, out, NULL) != SQLITE_OK ||
        bind(*out, types, args) != SQLITE_OK)
        st = failed(db, err);
    return st;
}

enum grl_status database_ask(sqlite3 *db, sqlite3_stmt **out,
                             struct grl_error *err, const char *sql,
                             const char *types, ...)
{
    va_list args;
    enum grl_status st = GRL_OK;

    va_start(args, types);
    st = ask(db, out, err, sql, types, args);
    va_end(args);
    return st;
}

enum grl_status database_step(sqlite3_stmt *s, bool *row, struct grl_error *err)
{
    int code = sqlite3_step(s);

    *row = code == SQLITE_ROW;
    return *row || code == SQLITE_DONE ? GRL_OK
                                       : failed(sqlite3_db_handle(s), err);
}

enum grl_status database_first(sqlite3 *db, sqlite3_stmt **out, bool *row,
                               struct grl_error *err, const char *sql,
                               const char *types, ...)
{
    va_list args;
    enum grl_status st = GRL_OK;

    *row = false;
    va_start(args, types);
    st = ask(db, out, err, sql, types, args);
    va_end(args);
    return st == GRL_OK ? database_step(*out, row, err) : st;
}

enum grl_status database_each(sqlite3 *db, database_row_fn *each, void *user,
                              struct grl_error *err, const char *sql,
                              const char *types, ...)
{
    va_list args;
    sqlite3_stmt *s = NULL;
    bool row = true;
    enum grl_status st = GRL_OK;

    va_start(args, types);
    st = ask(db, &s, err, sql, types, args);
    va_end(args);
    while (st == GRL_OK && row) {
        st = database_step(s, &row, err);
        if (st == GRL_OK && row)
            st = each(user, s, err);
    }
    sqlite3_finalize(s);
    return st;
}

const char *database_text(sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);

    return text != NULL ? (const char *)text : "";
}

enum grl_status database_do(sqlite3 *db, struct grl_error *err, const char *sql,
                            const char *types, ...)
{
    va_list args;
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = GRL_OK;

    va_start(args, types);
    st = ask(db, &s, err, sql, types, args);
    va_end(args);
    if (st == GRL_OK)
        st = database_step(s, &row, err);
    sqlite3_finalize(s);
    return st;
}

/* -------------------------------------------------------------- open, make */

static enum grl_status number_of(sqlite3 *db, const char *sql, int64_t *out,
                                 struct grl_error *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    enum grl_status st = database_first(db, &s, &row, err, sql, "");

    *out = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return st;
}

/* From whatever version it is now, as another may have been first. */
static enum grl_status migrate(sqlite3 *db, struct grl_error *err)
{
    int64_t version = 0;
    enum grl_status st = database_run(db, "BEGIN IMMEDIATE", err);

    if (st == GRL_OK)
        st = number_of(db, "PRAGMA user_version", &version, err);
    for (; st == GRL_OK && version < VERSION; version++)
        st = database_run(db, steps[version], err);
    return st == GRL_OK ? database_run(db, "COMMIT", err) : st;
}

static enum grl_status check_version(sqlite3 *db, struct grl_error *err)
{
    int64_t tables = 0;
    int64_t application = 0;
    int64_t version = 0;
    enum grl_status st = number_of(db, "SELECT count(*) FROM sqlite_master",
                                   &tables, err);

    if (st == GRL_OK)
        st = number_of(db, "PRAGMA application_id", &application, err);
    if (st == GRL_OK)
        st = number_of(db, "PRAGMA user_version", &version, err);
    if (st != GRL_OK)
        return st;
    if (tables > 0 && (application != APPLICATION || version < 1))
        return fail(err, GRL_EINVAL, "a database, but no history of goroleak",
                    0);
    if (version > VERSION)
        return fail(err, GRL_EINVAL, "a history of a later goroleak; use that",
                    0);
    return version < VERSION ? migrate(db, err) : GRL_OK;
}

/* For its owner only, whatever the umask says; SQLite gives the log files the
 * same mode. */
static enum grl_status touch(const char *path, bool create,
                             struct grl_error *err)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
    struct stat s;
    bool odd = false;

    if (fd < 0)
        return fail(err, GRL_EIO, "cannot open", errno);
    odd = fstat(fd, &s) == 0 && !S_ISREG(s.st_mode);
    close(fd);
    return odd ? fail(err, GRL_EINVAL, "is no file that could be a history", 0)
               : GRL_OK;
}

enum grl_status database_open(sqlite3 **out, const char *path, bool create,
                              double wait_seconds, struct grl_error *err)
{
    enum grl_status st = touch(path, create, err);
    sqlite3 *db = NULL;

    if (st != GRL_OK)
        return st;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        st = db != NULL ? failed(db, err) : fail_memory(err);
    if (st == GRL_OK) {
        sqlite3_busy_timeout(db, (int)(wait_seconds * 1000));
        st = check_version(db, err);
    }
    if (st == GRL_OK)
        st = database_run(db,
                          "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = FULL",
                          err);
    if (st == GRL_OK)
        *out = db;
    else
        sqlite3_close(db);
    return st;
}
