#include "analyse/baseline.h"

#include "analyse/process.h"
#include "analyse/program.h"
#include "analyse/rebuilt.h"
#include "base/error.h"

static enum grl_status check_program(const struct assertion_input *in,
                                     struct grl_error *err)
{
    bool same = true;
    enum grl_status st = program_is_same(in->baseline, in->dump, &same);

    if (st == GRL_OK && !same)
        st = fail(err, GRL_EMIXED,
                  "the baseline is of another program: they have no code in "
                  "common",
                  0);
    return st;
}

/* Goroutines of S but main with ids up to MOST. */
static uint64_t ids_up_to(const struct snapshot *s, uint64_t most)
{
    uint64_t n = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct grl_cluster *c = &s->tallies[i]->pub;

        for (size_t k = 0; k < c->id_count; k++)
            n += c->ids[k] > 1 && c->ids[k] <= most;
    }
    return n;
}

/* Can the ids tell of a restart?  Where the largest did not fall, old
 * goroutines that are gone have ended, as they may: taken for a restart they
 * would excuse as many new ones.  And each P takes 16 ids at a time, so that of
 * a few goroutines the newer may have the lower ones, and those of a small
 * server end with the requests that they served: it takes some, or a fall by
 * more than the batches of many Ps. */
static bool ids_tell(const struct assertion_input *in)
{
    enum { HANDFUL = 8, BATCHES = 16 * 64 };
    uint64_t before = in->baseline->info.max_id;
    uint64_t now = in->dump->info.max_id;

    return before > now + BATCHES ||
           (before > now &&
            ids_up_to(in->baseline, now) + ids_up_to(in->dump, before) >=
                HANDFUL);
}

static enum grl_status know_process(const struct assertion_input *in,
                                    enum grl_baseline *what)
{
    struct snapshot *pair[] = {in->baseline, in->dump};
    struct series s = {0};
    bool same = true;
    enum grl_status st = GRL_OK;

    if (in->baseline->info.max_id == 0 || in->dump->info.max_id == 0) {
        *what = GRL_BASELINE_NO_IDS;
        return GRL_OK;
    }
    if (!in->grouped)
        st = process_is_same(in->baseline, in->dump, &same);
    if (st == GRL_OK && same && ids_tell(in)) {
        st = series_init(&s, pair, 2, in->rows, NULL);
        same = s.segment_count == 1;
        series_free(&s);
    }
    *what = same ? GRL_BASELINE_SAME_PROCESS : GRL_BASELINE_OTHER_RUN;
    return st;
}

enum grl_status baseline_know(const struct assertion_input *in,
                              enum grl_baseline *what, struct grl_error *err)
{
    bool rebuilt = false;
    enum grl_status st = GRL_OK;

    *what = GRL_BASELINE_NONE;
    if (in->baseline == NULL)
        return GRL_OK;
    st = check_program(in, err);
    if (st == GRL_OK)
        st = know_process(in, what);
    if (st == GRL_OK && *what != GRL_BASELINE_SAME_PROCESS && !in->grouped)
        st = is_rebuilt(in->baseline, in->dump, in->rows, &rebuilt);
    if (rebuilt)
        *what = GRL_BASELINE_OTHER_BUILD;
    return st;
}
