#include "support/signature.h"

#include "model/key.h"
#include "support/unit.h"

#include <stdlib.h>

struct sought {
    struct grouping grouping;
    struct strings names;
    struct key *key;
    size_t seen;
    char *out;
};

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct sought *s = user;

    s->seen++;
    if (!key_build(s->key, &s->grouping, g, &s->names))
        return GRL_ENOMEM;
    key_signature(s->key, &s->grouping, s->out);
    return GRL_OK;
}

void signature_of(const char *text, enum grl_group by, const char *label,
                  char out[33])
{
    static const struct grl_parser_events events = {.goroutine = on_goroutine};
    struct sought s = {.grouping = {.by = by}, .out = out};
    struct grl_parser *p = NULL;

    if (label != NULL)
        s.grouping.label = text_of(label);
    s.key = calloc(1, sizeof *s.key);
    assert_non_null(s.key);
    strings_init(&s.names);
    assert_int_equal(grl_parser_new(&p, &events, &s, NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, text, strlen(text), NULL), GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    grl_parser_free(p);
    strings_free(&s.names);
    free(s.key);
    if (s.seen != 1)
        fail_msg("%zu goroutines, not 1, in: %s", s.seen, text);
}
