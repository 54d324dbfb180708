/*
 * Weighing what is known of one signature; see DESIGN, "The verdict".
 */
#ifndef ANALYSE_VERDICT_H
#define ANALYSE_VERDICT_H

#include "analyse/shape.h"
#include "analyse/survivors.h"
#include "base/arena.h"

/* All that a verdict rests on. */
struct facts {
    size_t dumps;
    size_t segments;
    uint64_t first, last, least, most;
    struct shape shape;
    struct survivors survivors;
    double p_value;   /* corrected; NaN when not tested */
    double falling_p; /* of the opposite trend; NaN when not tested */
    bool truncated;   /* counts of late dumps are lower bounds */
    bool forever;     /* the state cannot end: nil channel and the like */
    bool leaked;      /* the runtime marked some "(leaked)" */
    int64_t oldest;   /* longest wait in the last dump, or -1 */
};

enum grl_verdict verdict_of(const struct facts *f);

enum { EVIDENCE_MOST = 8 };

/* Write sentences for and against to SENTENCES, which holds EVIDENCE_MOST, and
 * their number to *COUNT.  Texts are taken from A.  GRL_ENOMEM. */
enum grl_status evidence_of(const struct facts *f, enum grl_verdict v,
                            struct arena *a, const char **sentences,
                            size_t *count);

#endif
