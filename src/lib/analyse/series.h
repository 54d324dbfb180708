/* Snapshots side by side: for each signature, its tally in each dump. */
#ifndef ANALYSE_SERIES_H
#define ANALYSE_SERIES_H

#include "analyse/idset.h"
#include "analyse/samples.h"
#include "base/limits.h"
#include "model/snapshot.h"

struct cell {
    size_t dump;
    const struct tally *tally;
};

struct series {
    struct snapshot *const *dumps; /* borrowed, in time order */
    size_t dump_count;
    size_t row_count;   /* one a signature, or for one in several builds */
    size_t *starts;     /* row r has cells[starts[r] .. starts[r + 1]) */
    struct cell *cells; /* by row, then by dump; dumps without it left out */

    size_t *segments;     /* index of the first dump of each segment */
    size_t segment_count; /* at least 1 */

    struct samples samples; /* the dumps that tell something */
};

/* Are COUNT dumps, at least one, with ROWS signatures within the limit? */
static inline bool series_fits(size_t count, size_t rows)
{
    return rows <= LIMIT_TREND_CELLS / count;
}

/*
 * Arrange COUNT dumps, whose stacks have indexes below ROWS, find the restarts
 * and join what new builds renamed.  Free with series_free() in any case.
 */
enum grl_status series_init(struct series *s, struct snapshot *const *dumps,
                            size_t count, size_t rows, struct grl_error *err);

/* The dump behind the last of segment N. */
size_t series_segment_end(const struct series *s, size_t n);

/* The count of each dump for ROW, into COUNTS, which holds dump_count. */
void series_counts(const struct series *s, size_t row, uint64_t *counts);

/* The tally of ROW in DUMP, or NULL. */
const struct tally *series_tally(const struct series *s, size_t row,
                                 size_t dump);

void series_free(struct series *s);

#endif
