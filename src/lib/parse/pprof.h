/*
 * Goroutine profiles as pprof's protobuf messages, unpacked: what ?debug=0
 * gives.  Strings and functions come last in such a message, so it is gathered
 * whole and read at its end, by protobuf-c.
 */
#ifndef PARSE_PPROF_H
#define PARSE_PPROF_H

#include "parse/frame.h"

/* Zero-initialise. */
struct pprof {
    uint8_t *bytes;
    size_t len;
    size_t capacity;
};

/* As many bytes show whether a profile begins, or can not. */
enum { PPROF_HEAD_BYTES = 3 };
bool pprof_begins(struct grl_text head);

/* GRL_ELIMIT past LIMIT_PROFILE_BYTES. */
enum grl_status pprof_feed(struct pprof *p, const char *bytes, size_t len);

/*
 * Tell EVENTS what the profile holds: one goroutine a record, with its count;
 * or, of a HEAP profile, one a stack that allocated, counting bytes in use.
 * *NANOS is when it was taken, since 1970, or 0.  GRL_ENODUMP with *WHAT when
 * it is damaged or no goroutine profile.
 */
enum grl_status pprof_finish(const struct pprof *p,
                             const struct grl_parser_events *events, void *user,
                             struct grl_parser_stats *stats,
                             struct frame_source frames, bool heap,
                             int64_t *nanos, const char **what);

void pprof_free(struct pprof *p);

#endif
