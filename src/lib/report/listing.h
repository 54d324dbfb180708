/* What a history has, a line or an object of JSON each. */
#ifndef REPORT_LISTING_H
#define REPORT_LISTING_H

#include "report/json.h"

struct listing {
    struct sink sink;
    struct json_out json;
    bool is_json;
};

struct listing_snapshot {
    int64_t number;
    const char *instance;
    int64_t time;
    const char *source;
    const char *form;
    uint64_t goroutines;
    bool truncated;
};

struct listing_silence {
    const char *signature;
    const char *function; /* NULL: no leak of it was told */
    int64_t until;        /* INT64_MAX: ever */
    bool over;
    const char *why;
};

/* ONLY one instance, or all: "". */
struct listing_filter {
    struct listing *listing;
    const char *only;
};

/* In JSON of COMMAND, with NAME for the key of the rows. */
void listing_begin(struct listing *l, const struct grl_report *r,
                   const char *command, const char *name);
void listing_instance(void *filter, const struct grl_history_instance *i);
void listing_snapshot(struct listing *l, const struct listing_snapshot *s);
void listing_silence(struct listing *l, const struct listing_silence *s);
enum grl_status listing_end(struct listing *l, struct grl_error *err);

#endif
