/* One source after the other into the dumps: what fails is told and counted. */
#ifndef API_READING_H
#define API_READING_H

#include "api/dumps.h"
#include "input/source.h"

/*
 * Read PATH, which is no folder; LISTED: it was found in one, where files
 * without goroutines may lie too.  WORKERS, up to those of d->ahead, may read
 * ahead.  Anything but GRL_OK ends the whole job.
 */
enum grl_status reading_file(struct grl_dumps *d, const char *path, bool listed,
                             size_t workers, struct grl_error *err);

/* The same of a file with FACTS that P is all of, where SEEN was seen in it. */
enum grl_status reading_whole(struct grl_dumps *d, const char *path,
                              bool listed, const struct source_facts *facts,
                              const struct piece *p,
                              const struct sightings *seen,
                              struct grl_error *err);

void reading_tell(const struct grl_dumps *d, const char *source,
                  const char *text, const struct grl_error *err);

#endif
