/* Where a leak is, for tools that show it in the source. */
#ifndef REPORT_PLACE_H
#define REPORT_PLACE_H

#include "base/sink.h"

/* Why a report that shows no leak is no pass, or NULL when it is one: the leaks
 * are not among those SHOWN, or DUMP is cut off. */
const char *place_doubt(const struct grl_assertion *a,
                        const struct grl_dump *dump, size_t shown);

/* Where to point: the first frame of the user's own code, or who started it
 * all; NULL when nothing is known. */
const struct grl_frame *place_of(const struct grl_cluster *c);

/* "5 goroutines leaked in main.f, chan receive": one line, as long as names
 * are. */
void place_summary(const struct grl_cluster *c, char *out, size_t size);

/* The path of F as R maps it: r->path_from at its front becomes r->path_to.  In
 * OUT, of SIZE bytes, cut to fit. */
void place_path(const struct grl_report *r, const struct grl_frame *f,
                char *out, size_t size);

/* The stack as Go prints it, without arguments: what PUT gets, piece by piece.
 */
void place_stack(const struct grl_cluster *c, struct sink *s,
                 void (*put)(struct sink *s, struct grl_text t));

#endif
