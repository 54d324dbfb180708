/* The dumps a command works on, as the rest of the library sees them. */
#ifndef API_DUMPS_H
#define API_DUMPS_H

#include "api/ahead.h"
#include "api/memory.h"
#include "api/snapshots.h"
#include "model/recall.h"
#include "model/snapshot.h"
#include "parse/looks.h"
#include "parse/pprof.h"
#include "parse/returns.h"
#include "parse/text.h"
#include "parse/utf16.h"
#include "rules/rules.h"

struct grl_dumps {
    struct grl_options options;
    struct grouping grouping;
    char *label;                 /* owns grouping.label */
    struct pattern *separator;   /* or NULL */
    struct pattern *line_prefix; /* or NULL */
    struct pattern *instance;    /* or NULL */

    struct strings names;
    struct frames frames;
    struct known known; /* of the frames, for the fast path */
    struct fast fast;
    struct ahead *ahead;  /* of other threads; NULL for none */
    struct stacks stacks; /* by whole stack: what rules are judged on */
    struct recall recall; /* whole stacks again, without building their key */
    struct stacks groups; /* by options.group_by, when that is another */

    struct snapshot **list; /* in order */
    size_t count;
    size_t capacity;
    struct snapshot *merged; /* all clusters, with options.merge; else NULL */
    size_t failed;
    uint64_t lost_snapshots; /* lines that should be some */
    struct memories memories;

    /* The source being read. */
    bool open;
    bool passing; /* over a dump that is not of the kind that is wanted */
    bool passed;  /* there was one */
    const char *source;
    const char *shown;   /* the same, or what of it may be shared */
    const char *packed;  /* "gzip", if it is unpacked while read, or NULL */
    const char *process; /* what options.instance takes of it */
    size_t first;        /* index of its first dump */
    int64_t name_time;
    uint64_t bytes;
    int64_t inner_time;    /* seconds since 1970 as it says, or GRL_NO_TIME */
    struct counted before; /* of the parser's counts, told of dumps before */
    size_t head_len;
    char head[LOOKS_BYTES];
    struct grl_error error; /* why a callback stopped the parser */
    enum {
        UNDECIDED,
        IS_TEXT,
        IS_UTF16,
        IS_RETURNS,
        IS_PPROF,
        IS_SNAPSHOTS
    } kind; /* by its first bytes */
    struct text_parser parser;
    struct utf16 utf16;
    bool after_return;  /* see parse/returns.h */
    struct pprof pprof; /* if it is that */
    struct snapshots snapshots;
    struct key key; /* of the goroutine at hand */
};

/* grl_dumps_feed(), where SEEN is what a scout saw in PIECE, or NULL. */
enum grl_status dumps_feed(struct grl_dumps *d, const struct piece *piece,
                           const struct sightings *seen, struct grl_error *err);

void dumps_soon(void *user, uint64_t path, int64_t minutes, unsigned step);

/* What the parser tells goes into the dumps. */
extern const struct grl_parser_events dumps_events;

/* The dump being read is complete; and the reading is over. */
void dumps_close_current(struct grl_dumps *d);
void dumps_stop(struct grl_dumps *d);

/* The dump being read; NULL before the first. */
struct snapshot *dumps_current(const struct grl_dumps *d);

#endif
