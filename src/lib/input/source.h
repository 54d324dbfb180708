/* Where bytes come from: a file, standard input, a URL. */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/text.h"
#include "input/piece.h"

/* P, in order; lives until this returns.  Anything but GRL_OK stops the reading
 * and is what source_read() returns. */
typedef enum grl_status source_fn(void *user, const struct piece *p);

/* What is known of a source beforehand. */
struct source_facts {
    int64_t mtime; /* of a regular file, seconds since 1970; or GRL_NO_TIME */
    uint64_t size; /* how many bytes will come, or 0 when that is not known */
    const char *packed; /* "gzip", static text, or NULL */
};

/* What a source holds. */
struct source_visit {
    source_fn *bytes;
    /* What follows is member NAME of an archive, with its modification time or
     * GRL_NO_TIME; NAME lives until this returns. */
    enum grl_status (*member)(void *user, const char *name, int64_t mtime);
    void *user;
    const struct grl_http *http; /* for URLs */
    /* Of a long source that is not packed, this many threads read chunks ahead,
     * and take() gets those in place of bytes(); see input/crew.h. */
    size_t workers;
    void (*ahead)(void *user, size_t worker, size_t slot,
                  const struct piece *p);
    enum grl_status (*take)(void *user, size_t slot, const struct piece *p);
};

/*
 * Read PATH ("-" is standard input, see input/url.h for URLs) to its end, and
 * unpack it if it is packed; see input/unpack.h.  *FACTS is filled before VISIT
 * is shown anything. GRL_EIO when it cannot be opened, read or unpacked.
 */
enum grl_status source_read(const char *path, const struct source_visit *visit,
                            struct source_facts *facts, struct grl_error *err);

#endif
