/* Snapshots of a history as dumps again. */
#ifndef API_RESTORE_H
#define API_RESTORE_H

#include "api/dumps.h"
#include "store/history.h"

/* Goroutines that are made from clusters, one at a time. */
struct restoring {
    struct grl_dumps *dumps;
    struct record *record;
    struct grl_error error;
};

enum grl_status restore_begin(void *user, const struct read_snapshot *s);
enum grl_status restore_cluster(void *user, const struct read_cluster *c);
enum grl_status restore_end(void *user, const struct read_snapshot *s);

#endif
