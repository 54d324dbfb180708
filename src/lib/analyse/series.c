#include "analyse/series.h"

#include "analyse/join.h"
#include "analyse/restart.h"
#include "base/error.h"

#include <stdlib.h>

/* Counting sort by row: count, sum up, place; dumps come in order, so each
 * row's cells do too.  ROWS gives the row of a stack, NEXT is scratch. */
static void fill_cells(struct series *s, const size_t *rows, size_t *next)
{
    memset(s->starts, 0, (s->row_count + 1) * sizeof *s->starts);
    for (size_t d = 0; d < s->dump_count; d++)
        for (size_t i = 0; i < s->dumps[d]->count; i++)
            s->starts[rows[s->dumps[d]->tallies[i]->stack->index] + 1]++;
    for (size_t r = 0; r < s->row_count; r++) {
        s->starts[r + 1] += s->starts[r];
        next[r] = s->starts[r];
    }
    for (size_t d = 0; d < s->dump_count; d++)
        for (size_t i = 0; i < s->dumps[d]->count; i++) {
            const struct tally *t = s->dumps[d]->tallies[i];

            s->cells[next[rows[t->stack->index]]++] = (struct cell){d, t};
        }
}

static bool allocate(struct series *s)
{
    size_t cells = 0;

    for (size_t d = 0; d < s->dump_count; d++)
        cells += s->dumps[d]->count;
    s->starts = calloc(s->row_count + 1, sizeof *s->starts);
    s->cells = malloc((cells + 1) * sizeof *s->cells);
    s->segments = malloc((s->dump_count + 1) * sizeof *s->segments);
    return s->starts != NULL && s->cells != NULL && s->segments != NULL;
}

static enum grl_status arrange(struct series *s, size_t *rows, size_t *next)
{
    enum grl_status st = GRL_OK;
    size_t joined = 0;

    for (size_t r = 0; r < s->row_count; r++)
        rows[r] = r;
    fill_cells(s, rows, next);
    st = restart_find(s);
    if (st == GRL_OK)
        st = samples_choose(&s->samples, s->dumps, s->dump_count, s->segments,
                            s->segment_count);
    if (st != GRL_OK || s->segment_count == 1)
        return st;
    st = join_builds(s, rows, &joined);
    if (st != GRL_OK)
        return st;
    s->row_count = joined;
    fill_cells(s, rows, next);
    return GRL_OK;
}

enum grl_status series_init(struct series *s, struct snapshot *const *dumps,
                            size_t count, size_t rows, struct grl_error *err)
{
    size_t *row_of = malloc((rows + 1) * sizeof *row_of);
    size_t *next = malloc((rows + 1) * sizeof *next);
    enum grl_status st = GRL_ENOMEM;

    *s =
        (struct series){.dumps = dumps, .dump_count = count, .row_count = rows};
    if (row_of != NULL && next != NULL && allocate(s))
        st = arrange(s, row_of, next);
    free(row_of);
    free(next);
    return st == GRL_OK ? st : fail_memory(err);
}

size_t series_segment_end(const struct series *s, size_t n)
{
    return n + 1 < s->segment_count ? s->segments[n + 1] : s->dump_count;
}

void series_counts(const struct series *s, size_t row, uint64_t *counts)
{
    for (size_t d = 0; d < s->dump_count; d++)
        counts[d] = 0;
    for (size_t i = s->starts[row]; i < s->starts[row + 1]; i++)
        counts[s->cells[i].dump] = s->cells[i].tally->pub.count;
}

const struct tally *series_tally(const struct series *s, size_t row,
                                 size_t dump)
{
    size_t low = s->starts[row];
    size_t high = s->starts[row + 1];

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (s->cells[mid].dump < dump)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->starts[row + 1] && s->cells[low].dump == dump
               ? s->cells[low].tally
               : NULL;
}

void series_free(struct series *s)
{
    free(s->starts);
    free(s->cells);
    free(s->segments);
    samples_free(&s->samples);
    *s = (struct series){0};
}
