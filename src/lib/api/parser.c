/* The parser alone, for callers that want each goroutine. */
#include "base/error.h"
#include "model/frames.h"
#include "parse/text.h"

#include <stdlib.h>

struct grl_parser {
    struct strings names;
    struct frames frames;
    struct known known;
    struct fast fast;
    struct text_parser text;
};

enum grl_status grl_parser_new(struct grl_parser **out,
                               const struct grl_parser_events *events,
                               void *user, struct grl_error *err)
{
    struct grl_parser *p = calloc(1, sizeof *p);

    if (p == NULL)
        return fail_memory(err);
    strings_init(&p->names);
    frames_init(&p->frames, &p->names);
    p->known.seed = p->frames.seed;
    p->fast.known = &p->known;
    text_parser_init(&p->text, events, user, frames_source(&p->frames),
                     &p->fast);
    *out = p;
    return GRL_OK;
}

static enum grl_status explain(enum grl_status st, struct grl_error *err)
{
    if (st == GRL_ENOMEM)
        return fail_memory(err);
    return st == GRL_OK ? st : fail(err, st, "stopped by a callback", 0);
}

enum grl_status grl_parser_feed(struct grl_parser *p, const void *bytes,
                                size_t len, struct grl_error *err)
{
    return explain(text_parser_feed(&p->text, &(struct piece){bytes, len, 0}),
                   err);
}

enum grl_status grl_parser_finish(struct grl_parser *p, struct grl_error *err)
{
    return explain(text_parser_finish(&p->text), err);
}

const struct grl_parser_stats *grl_parser_stats(const struct grl_parser *p)
{
    return &p->text.stats;
}

void grl_parser_free(struct grl_parser *p)
{
    if (p == NULL)
        return;
    text_parser_free(&p->text);
    frames_free(&p->frames);
    strings_free(&p->names);
    free(p);
}
