/* What the commands have in common: reading, reporting, the exit status. */
#ifndef CLI_JOB_H
#define CLI_JOB_H

#include "settings.h"

/* Are there files, or standard input that is no terminal?  Else complain. */
bool job_has_input(const struct settings *s);

/* What dumps are read into, by the options of S; NULL, with a message. */
struct grl_dumps *job_new(struct settings *s);

/*
 * Read the files of S, or standard input when there are none.  NULL, with a
 * message, when there is nothing to work on.
 */
struct grl_dumps *job_read(struct settings *s);

/* Read one file more, such as a baseline.  False, with a message, when it
 * holds no goroutine. */
bool job_read_one(struct settings *s, struct grl_dumps *d, const char *path);

/* Writes one report into R; USER is the caller's. */
typedef enum grl_status job_report_fn(const struct grl_report *r, void *user,
                                      struct grl_error *err);

/* FOUND, unless a file of D could not be read or suppressions are not as they
 * should be. */
int job_status(const struct settings *s, const struct grl_dumps *d, int found);

/* Print a report to where S says.  False, with a message, when that fails. */
bool job_print(struct settings *s, job_report_fn *report, void *user);

/*
 * Print the report of D and return the exit status: FOUND, unless a file could
 * not be read or the report not be written.
 */
int job_finish(struct settings *s, const struct grl_dumps *d,
               job_report_fn *report, void *user, int found);

#endif
