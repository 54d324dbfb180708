/*
 * Which dumps of a series tell something.
 *
 * Cron saves a dump twice: the copy shows nobody a second time, and a step
 * into it is no step.  It has the same goroutines at the same places and comes
 * much sooner than the next dump is due; later than that, nothing happened.  A
 * dump that is cut off shows who is there but not who is gone, and its counts
 * are lower bounds; runtime/pprof cuts all dumps of a process that has outgrown
 * 67,108,864 bytes, so a run may end in many.  A cut between two goroutines
 * shows only in the size, which is that of others that are cut.
 */
#ifndef ANALYSE_SAMPLES_H
#define ANALYSE_SAMPLES_H

#include "model/snapshot.h"

#define SAMPLES_NONE SIZE_MAX /* a dump that is no sample */

/* The samples of one segment have places from FROM to TO - 1. */
struct stretch {
    size_t from, to;
    size_t whole; /* place behind the last that is not cut off; TO if all are */
    size_t calm;  /* who comes from this place on is no start-up: clients come
                     back right after a restart */
    size_t open;  /* who comes from this place on cannot settle any more */
};

struct samples {
    size_t *dumps; /* indexes of dumps, ascending, by place */
    double *clock; /* by place: seconds since the first sample of the segment,
                      rising; where times are unknown a step takes 1 */
    size_t count;
    bool *cut;      /* by dump: cut off */
    size_t *places; /* by dump: its place, or SAMPLES_NONE */
    int64_t settle; /* seconds in which a goroutine settles: half the median
                       step; 0 when times are unknown */
    struct stretch *stretches; /* one a segment */
    size_t segment_count;
};

/* Choose among the COUNT dumps, whose segments begin at SEGMENTS: copies are
 * left out, and cut dumps where a segment has enough others.  Free with
 * samples_free() in any case.  GRL_ENOMEM. */
enum grl_status samples_choose(struct samples *out,
                               struct snapshot *const *dumps, size_t count,
                               const size_t *segments, size_t segment_count);

/* Seconds from the sample before PLACE, of the same segment, to it. */
double samples_step(const struct samples *s, size_t place);

/* Does one that was seen from place FIRST to LAST of a segment count as
 * settled?  Two dumps in quick succession show the same requests twice. */
bool samples_settled(const struct samples *s, size_t first, size_t last);

void samples_free(struct samples *s);

#endif
