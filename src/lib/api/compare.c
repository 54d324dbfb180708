/* Comparing the dumps of a struct grl_dumps. */
#include "analyse/assert.h"
#include "analyse/diff.h"
#include "analyse/trend.h"
#include "api/dumps.h"
#include "base/error.h"

/* Stacks are numbered in the table that clusters come from. */
static size_t rows(const struct grl_dumps *d)
{
    return d->grouping.by == GRL_GROUP_STACK ? d->stacks.count
                                             : d->groups.count;
}

static enum grl_status check(const struct grl_dumps *d, size_t index,
                             struct grl_error *err)
{
    if (d->merged != NULL)
        return fail(err, GRL_EINVAL, "merged dumps cannot be compared", 0);
    return index < d->count ? GRL_OK
                            : fail(err, GRL_ENODUMP, "no such dump", 0);
}

enum grl_status grl_diff_new(struct grl_diff **out, const struct grl_dumps *d,
                             size_t before, size_t after, struct grl_error *err)
{
    struct snapshot *pair[2];

    if (check(d, before, err) != GRL_OK || check(d, after, err) != GRL_OK)
        return check(d, before > after ? before : after, err);
    pair[0] = d->list[before];
    pair[1] = d->list[after];
    return diff_new(out, pair, rows(d), err);
}

enum grl_status grl_trend_new(struct grl_trend **out, const struct grl_dumps *d,
                              struct grl_error *err)
{
    enum grl_status st = check(d, 0, err);

    return st == GRL_OK ? trend_new(out, d->list, d->count, rows(d), err) : st;
}

enum grl_status grl_assert_new(struct grl_assertion **out,
                               const struct grl_dumps *d, size_t dump,
                               ptrdiff_t baseline, struct grl_error *err)
{
    struct assertion_input in;
    enum grl_status st = check(d, dump, err);

    if (st == GRL_OK && baseline >= 0)
        st = check(d, (size_t)baseline, err);
    if (st == GRL_OK && baseline >= 0 && !d->options.keep_ids)
        st = fail(err, GRL_EINVAL, "a baseline needs keep_ids", 0);
    if (st != GRL_OK)
        return st;
    in = (struct assertion_input){
        .baseline = baseline >= 0 ? d->list[baseline] : NULL,
        .dump = d->list[dump],
        .rows = rows(d),
        .grouped = d->grouping.by != GRL_GROUP_STACK,
        .rules = d->options.rules,
    };
    return assertion_new(out, &in, err);
}
