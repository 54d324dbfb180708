#include "analyse/diff.h"

#include "base/error.h"
#include "model/order.h"

#include <stdlib.h>

static enum grl_change_kind kind_of(uint64_t before, uint64_t after)
{
    if (before == after)
        return GRL_SAME;
    if (before == 0)
        return GRL_NEW;
    if (after == 0)
        return GRL_GONE;
    return after > before ? GRL_GREW : GRL_SHRANK;
}

static bool has_all_ids(const struct tally *t)
{
    return t == NULL || t->pub.id_count == t->pub.count;
}

static struct grl_change change_of(const struct series *s, size_t row)
{
    const struct tally *before = series_tally(s, row, 0);
    const struct tally *after = series_tally(s, row, 1);
    uint64_t b = before != NULL ? before->pub.count : 0;
    uint64_t a = after != NULL ? after->pub.count : 0;
    bool known = s->segment_count == 1 && has_all_ids(before) &&
                 has_all_ids(after);

    return (struct grl_change){
        .kind = kind_of(b, a),
        .before = b,
        .after = a,
        .delta = (int64_t)(a - b),
        .survivors = known ? (int64_t)idset_common(idset_of(before),
                                                   idset_of(after))
                           : -1,
        .cluster = after != NULL ? &after->pub : &before->pub,
    };
}

/* Most grown first, most shrunk last. */
static int compare_changes(const void *pa, const void *pb)
{
    const struct grl_change *a = pa;
    const struct grl_change *b = pb;

    if (a->delta != b->delta)
        return a->delta < b->delta ? 1 : -1;
    return order_ties(a->cluster, b->cluster);
}

static void fill(struct grl_diff *f, const struct series *s)
{
    f->restarted = s->segment_count > 1 && s->dumps[0]->info.max_id > 0 &&
                   s->dumps[1]->info.max_id > 0; /* profiles have no ids */
    for (size_t r = 0; r < s->row_count; r++) {
        struct grl_change c;

        if (s->starts[r] == s->starts[r + 1])
            continue;
        c = change_of(s, r);
        if (c.kind != GRL_SAME)
            f->changes[f->count++] = c;
    }
    if (f->count > 0)
        qsort(f->changes, f->count, sizeof *f->changes, compare_changes);
}

static enum grl_status compare(struct grl_diff *f, struct snapshot *const *pair,
                               size_t rows, struct grl_error *err)
{
    struct series s = {0};
    enum grl_status st = series_init(&s, pair, 2, rows, err);

    if (st == GRL_OK) {
        f->changes = malloc((rows + 1) * sizeof *f->changes);
        if (f->changes != NULL)
            fill(f, &s);
        else
            st = fail_memory(err);
    }
    series_free(&s);
    return st;
}

enum grl_status diff_new(struct grl_diff **out, struct snapshot *const *pair,
                         size_t rows, struct grl_error *err)
{
    struct grl_diff *f = calloc(1, sizeof *f);
    enum grl_status st = f != NULL ? GRL_OK : fail_memory(err);

    if (f == NULL)
        return st;
    st = compare(f, pair, rows, err);
    if (st == GRL_OK)
        *out = f;
    else
        grl_diff_free(f);
    return st;
}

bool grl_diff_restarted(const struct grl_diff *f)
{
    return f->restarted;
}

size_t grl_diff_count(const struct grl_diff *f)
{
    return f->count;
}

const struct grl_change *grl_diff_get(const struct grl_diff *f, size_t i)
{
    return &f->changes[i];
}

void grl_diff_free(struct grl_diff *f)
{
    if (f == NULL)
        return;
    free(f->changes);
    free(f);
}
