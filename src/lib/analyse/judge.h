/* One process judged: every row of its series gets a verdict. */
#ifndef ANALYSE_JUDGE_H
#define ANALYSE_JUDGE_H

#include "analyse/series.h"
#include "analyse/verdict.h"

/* One process judged. */
struct trend_part {
    const char *instance;
    struct snapshot **dumps; /* of the instance, in order; owned array */
    size_t dump_count;
    struct series series;
    struct arena arena; /* counts and evidence */
};

/* Judge PART, whose series is arranged; *COUNT of its findings are written to
 * FINDINGS, which has room for one a row.  GRL_ENOMEM. */
enum grl_status judge_part(struct trend_part *part,
                           struct grl_finding *findings, size_t *count);

#endif
