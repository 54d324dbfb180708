/* Which form a report takes. */
#include "report/forms.h"

#include "base/error.h"

void grl_report_init(struct grl_report *r)
{
    *r = (struct grl_report){.size = sizeof *r};
}

enum grl_status grl_report_scan(const struct grl_report *r,
                                const struct grl_dumps *d,
                                struct grl_error *err)
{
    if (r->format == GRL_OPENMETRICS)
        return openmetrics(r, d, NULL, err);
    if (r->format == GRL_SNAPSHOT)
        return snapshot_lines(r, d, err);
    return r->format == GRL_JSON ? json_scan(r, d, err) : text_scan(r, d, err);
}

enum grl_status grl_report_diff(const struct grl_report *r,
                                const struct grl_dumps *d,
                                const struct grl_diff *f, size_t before,
                                size_t after, struct grl_error *err)
{
    const struct grl_dump *b = grl_dumps_get(d, before);
    const struct grl_dump *a = grl_dumps_get(d, after);

    return r->format == GRL_JSON ? json_diff(r, f, b, a, err)
                                 : text_diff(r, f, b, a, err);
}

enum grl_status grl_report_trend(const struct grl_report *r,
                                 const struct grl_dumps *d,
                                 const struct grl_trend *t,
                                 struct grl_error *err)
{
    if (r->format == GRL_OPENMETRICS)
        return openmetrics(r, d, t, err);
    return r->format == GRL_JSON ? json_trend(r, d, t, err)
                                 : text_trend(r, d, t, err);
}

enum grl_status grl_report_check(const struct grl_report *r,
                                 const struct grl_news *news, size_t count,
                                 struct grl_error *err)
{
    return r->format == GRL_JSON ? json_check(r, news, count, err)
                                 : text_check(r, news, count, err);
}

enum grl_status grl_report_explain(const struct grl_report *r,
                                   const struct grl_explanation *e,
                                   const struct grl_dumps *d,
                                   struct grl_error *err)
{
    if (d != NULL && grl_cluster_count(d, 0) == 0)
        return fail(err, GRL_ENODUMP, "no goroutine to explain", 0);
    return r->format == GRL_JSON ? json_explain(r, e, d, err)
                                 : text_explain(r, e, d, err);
}

enum grl_status grl_report_assert(const struct grl_report *r,
                                  const struct grl_dumps *d,
                                  const struct grl_assertion *a, size_t dump,
                                  struct grl_error *err)
{
    const struct grl_dump *of = grl_dumps_get(d, dump);

    switch (r->format) {
    case GRL_JSON:
        return json_assert(r, a, of, err);
    case GRL_JUNIT:
        return junit_assert(r, a, of, err);
    case GRL_TAP:
    case GRL_TAP13:
        return tap_assert(r, a, of, err);
    case GRL_SARIF:
        return sarif_assert(r, a, of, err);
    case GRL_GITHUB:
        return github_assert(r, a, of, err);
    case GRL_TEXT:
    case GRL_OPENMETRICS:
    case GRL_SNAPSHOT:
        break;
    }
    return text_assert(r, a, of, err);
}
