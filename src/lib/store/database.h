/*
 * The file of a history: SQLite with a write-ahead log.  A file that is no
 * history, or of a later release, is never written to.
 */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "goroleak.h"

#include <sqlite3.h>

/* Open PATH, and make it, for its owner only, when CREATE.  Others are waited
 * for as long as WAIT_SECONDS. */
enum grl_status database_open(sqlite3 **out, const char *path, bool create,
                              double wait_seconds, struct grl_error *err);

/* Run SQL that returns nothing. */
enum grl_status database_run(sqlite3 *db, const char *sql,
                             struct grl_error *err);

/* A statement of SQL in *OUT, with the arguments TYPES says: t text, i int64_t
 * and b a pointer and a size_t.  Texts and bytes must outlive it. */
enum grl_status database_ask(sqlite3 *db, sqlite3_stmt **out,
                             struct grl_error *err, const char *sql,
                             const char *types, ...);

/* Take one step of S: *ROW says whether there is one more. */
enum grl_status database_step(sqlite3_stmt *s, bool *row,
                              struct grl_error *err);

/* database_ask() and one step.  *OUT is to be finalized in any case. */
enum grl_status database_first(sqlite3 *db, sqlite3_stmt **out, bool *row,
                               struct grl_error *err, const char *sql,
                               const char *types, ...);

/* Show EACH the rows of SQL, with arguments as in database_ask().  What it
 * returns other than GRL_OK ends it and is returned. */
typedef enum grl_status database_row_fn(void *user, sqlite3_stmt *row,
                                        struct grl_error *err);
enum grl_status database_each(sqlite3 *db, database_row_fn *each, void *user,
                              struct grl_error *err, const char *sql,
                              const char *types, ...);

/* The text in COLUMN of a row, "" for none, until the next step. */
const char *database_text(sqlite3_stmt *s, int column);

/* database_ask() and one step that returns nothing. */
enum grl_status database_do(sqlite3 *db, struct grl_error *err, const char *sql,
                            const char *types, ...);

#endif
