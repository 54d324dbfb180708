/*
 * Weighing what is known of one signature; see DESIGN, "The verdict".
 */
#ifndef ANALYSE_VERDICT_H
#define ANALYSE_VERDICT_H

#include "analyse/leak.h"
#include "analyse/shape.h"
#include "analyse/suspicion.h"
#include "base/arena.h"

/* All that a verdict rests on. */
struct facts {
    size_t dumps;
    size_t segments;
    uint64_t first, last, least, most;
    const uint64_t *counts; /* by dump; borrowed, as SERIES is */
    const struct series *series;
    struct shape shape;
    struct turnover turnover;
    struct likeness leak; /* by ids */
    double rising_p;      /* counts go up by chance; NaN when not tested */
    double falling_p;     /* counts go down by chance; NaN when not tested */
    double leak_p; /* that what speaks for a leak is chance, corrected; NaN
                      when verdict_may_leak() says no */
    bool gone_since_restart; /* the last segment, of several dumps, has none */
    bool truncated;          /* the last dump's counts are lower bounds */
    bool forever; /* the state cannot end: nil channel and the like */
    bool leaked;  /* the runtime marked some "(leaked)" */
    bool heap;    /* counts are bytes of a heap profile */
    bool spread;  /* the waits of the last dump spread as a leak's do */
};

/* True when the facts have the form of a leak: goroutines come and stay until
 * the end.  Whether that is more than chance, leak_p tells. */
bool verdict_may_leak(const struct facts *f);

/* P-value of a leak before the correction for many signatures: by turnover
 * where there are ids, else by the trend of the counts.  That test takes each
 * count for independent of the last, but goroutines that stay make a count that
 * only rises, and three that came by chance would do.  NaN where dumps are too
 * few for a test. */
double verdict_leak_p(const struct facts *f);

enum grl_verdict verdict_of(const struct facts *f);

enum { EVIDENCE_MOST = 10 };

/* Write sentences for and against to SENTENCES, which holds EVIDENCE_MOST, and
 * their number to *COUNT.  Texts are taken from A.  GRL_ENOMEM. */
enum grl_status evidence_of(const struct facts *f, enum grl_verdict v,
                            struct arena *a, const char **sentences,
                            size_t *count);

#endif
