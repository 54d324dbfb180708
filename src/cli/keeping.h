/* What the commands on histories share. */
#ifndef CLI_KEEPING_H
#define CLI_KEEPING_H

#include "settings.h"

/* The dumps of the arguments, whole: no rule leaves anything out.  NULL, with a
 * message. */
struct grl_dumps *keeping_read(struct settings *s);

/* The same for a check: what cannot be read, or not to its end, is told from
 * the time in a row that S says, and kept as a gap of the history, if there is
 * one. What came of it is not: as if goroutines had gone, it would be news. */
struct grl_dumps *keeping_try(struct settings *s);

/* A dump came: the gap is over, and whoever was told of it is told. */
bool keeping_reached(const struct settings *s, struct grl_history *h);

/* When D, which is recorded, was taken. */
int64_t keeping_time(const struct settings *s, const struct grl_dump *d);

/* Was it taken just now? */
bool keeping_is_live(const struct settings *s, const struct grl_dump *d);

/* The history of S; NULL, with a message. */
struct grl_history *keeping_open(const struct settings *s, bool create);

/* The newest MOST snapshots that H has of the instance of S.  NULL, with a
 * message, when there are none. */
struct grl_dumps *keeping_load(struct settings *s, struct grl_history *h,
                               size_t most);

/* Each complains and returns false on failure. */
bool keeping_begin(const struct settings *s, struct grl_history *h);
bool keeping_commit(const struct settings *s, struct grl_history *h);
bool keeping_record(const struct settings *s, struct grl_history *h,
                    const struct grl_dumps *d);
/* Record D in the history of S, which is made when it is not there, and say of
 * whom it has the dumps of two processes under one name. */
bool keeping_take(const struct settings *s, const struct grl_dumps *d);
bool keeping_prune(const struct settings *s, struct grl_history *h,
                   uint64_t *dropped);

#endif
