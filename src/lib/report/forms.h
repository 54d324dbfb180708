/* One function for each report and form, each in a file of its own. */
#ifndef REPORT_FORMS_H
#define REPORT_FORMS_H

#include "goroleak.h"

enum grl_status text_scan(const struct grl_report *r, const struct grl_dumps *d,
                          struct grl_error *err);
enum grl_status json_scan(const struct grl_report *r, const struct grl_dumps *d,
                          struct grl_error *err);
enum grl_status text_diff(const struct grl_report *r, const struct grl_diff *f,
                          const struct grl_dump *before,
                          const struct grl_dump *after, struct grl_error *err);
enum grl_status json_diff(const struct grl_report *r, const struct grl_diff *f,
                          const struct grl_dump *before,
                          const struct grl_dump *after, struct grl_error *err);
enum grl_status text_trend(const struct grl_report *r,
                           const struct grl_dumps *d, const struct grl_trend *t,
                           struct grl_error *err);
enum grl_status json_trend(const struct grl_report *r,
                           const struct grl_dumps *d, const struct grl_trend *t,
                           struct grl_error *err);
enum grl_status text_check(const struct grl_report *r,
                           const struct grl_news *news, size_t count,
                           struct grl_error *err);
enum grl_status json_check(const struct grl_report *r,
                           const struct grl_news *news, size_t count,
                           struct grl_error *err);
enum grl_status text_assert(const struct grl_report *r,
                            const struct grl_assertion *a,
                            const struct grl_dump *dump, struct grl_error *err);
enum grl_status json_assert(const struct grl_report *r,
                            const struct grl_assertion *a,
                            const struct grl_dump *dump, struct grl_error *err);

/* What D has, or where it is NULL E, or where that is NULL all states. */
enum grl_status text_explain(const struct grl_report *r,
                             const struct grl_explanation *e,
                             const struct grl_dumps *d, struct grl_error *err);
enum grl_status json_explain(const struct grl_report *r,
                             const struct grl_explanation *e,
                             const struct grl_dumps *d, struct grl_error *err);

enum grl_status snapshot_lines(const struct grl_report *r,
                               const struct grl_dumps *d,
                               struct grl_error *err);

/* T is NULL where nothing was judged. */
enum grl_status openmetrics(const struct grl_report *r,
                            const struct grl_dumps *d,
                            const struct grl_trend *t, struct grl_error *err);

enum grl_status junit_assert(const struct grl_report *r,
                             const struct grl_assertion *a,
                             const struct grl_dump *dump,
                             struct grl_error *err);
enum grl_status tap_assert(const struct grl_report *r,
                           const struct grl_assertion *a,
                           const struct grl_dump *dump, struct grl_error *err);
enum grl_status sarif_assert(const struct grl_report *r,
                             const struct grl_assertion *a,
                             const struct grl_dump *dump,
                             struct grl_error *err);
enum grl_status github_assert(const struct grl_report *r,
                              const struct grl_assertion *a,
                              const struct grl_dump *dump,
                              struct grl_error *err);

#endif
