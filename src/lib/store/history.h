/* Snapshots in a history: written from clusters, read back as goroutines. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/database.h"

/* A snapshot as it is written. */
struct written {
    const char *instance;
    const struct grl_dump *dump;
    int64_t time; /* seconds since 1970 */
    enum grl_copies copies;
    uint64_t bytes;
    /* Cluster I of COUNT, with all its ids. */
    const struct grl_cluster *(*cluster)(const void *user, size_t i);
    const void *user;
    size_t count;
};

/* Add W, unless one like it is there: *FRESH says whether it was new. */
enum grl_status history_write(sqlite3 *db, const struct written *w, bool *fresh,
                              struct grl_error *err);

/* A snapshot being read back. */
struct read_snapshot {
    const char *source;
    const char *form;
    int64_t time;
    bool truncated;
    uint64_t damaged;
    uint64_t skipped;
    uint64_t bytes;
    bool has_memory;
    struct grl_memory memory;
};

/* Some goroutines of it: COUNT in the stack of BODY, as history_write() packed
 * it; ids and waits spread over them. */
struct read_cluster {
    const unsigned char *stack; /* STACK_LEN bytes, for stack_unpack */
    size_t stack_len;
    const unsigned char *body; /* of one cluster, behind its stack's number */
    size_t body_len;
};

struct history_visit {
    enum grl_status (*begin)(void *user, const struct read_snapshot *s);
    enum grl_status (*cluster)(void *user, const struct read_cluster *c);
    enum grl_status (*end)(void *user, const struct read_snapshot *s);
    void *user;
};

/* Show V the snapshot with NUMBER: *FOUND says whether there is one. */
enum grl_status history_read_one(sqlite3 *db, int64_t number,
                                 const struct history_visit *v, bool *found,
                                 struct grl_error *err);

/* Drop what is older than OLDEST, then every other of the older half until the
 * file holds at most BYTES, 0: any number.  *DROPPED snapshots were. */
enum grl_status history_prune(sqlite3 *db, int64_t oldest, uint64_t bytes,
                              uint64_t *dropped, struct grl_error *err);

#endif
