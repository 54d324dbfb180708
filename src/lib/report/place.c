#include "report/place.h"

#include <inttypes.h>
#include <stdio.h>

const char *place_doubt(const struct grl_assertion *a,
                        const struct grl_dump *dump, size_t shown)
{
    if (shown > 0)
        return NULL;
    if (grl_assert_count(a) > 0)
        return "goroutines leaked, in stacks too small to be shown";
    return dump->truncated ? "no leak is in what is there, but the dump is cut "
                             "off and the rest was not seen"
                           : NULL;
}

const struct grl_frame *place_of(const struct grl_cluster *c)
{
    const struct grl_frame *at = c->blocked_in;

    if (c->created_by != NULL && (at == NULL || at->stdlib) &&
        !c->created_by->stdlib)
        return c->created_by;
    return at;
}

void place_summary(const struct grl_cluster *c, char *out, size_t size)
{
    const struct grl_frame *at = place_of(c);

    snprintf(out, size, "%" PRIu64 " goroutine%s leaked in %s, %s", c->count,
             c->count == 1 ? "" : "s",
             at != NULL ? at->function : "an unknown function",
             c->state[0] != '\0' ? c->state : "state unknown");
}

void place_path(const struct grl_report *r, const struct grl_frame *f,
                char *out, size_t size)
{
    const char *path = f != NULL ? f->file : "";
    size_t from = r->path_from != NULL ? strlen(r->path_from) : 0;

    if (from > 0 && strncmp(path, r->path_from, from) == 0)
        snprintf(out, size, "%s%s", r->path_to, path + from);
    else
        snprintf(out, size, "%s", path);
}

static void put_frame(const struct grl_frame *f, const char *before,
                      struct sink *s,
                      void (*put)(struct sink *s, struct grl_text t))
{
    char line[32];

    put(s, text_of(before));
    put(s, text_of(f->function));
    put(s, TEXT("\n    "));
    put(s, text_of(f->file));
    snprintf(line, sizeof line, ":%u\n", (unsigned)f->line);
    put(s, text_of(line));
}

void place_stack(const struct grl_cluster *c, struct sink *s,
                 void (*put)(struct sink *s, struct grl_text t))
{
    for (size_t i = 0; i < c->frame_count; i++)
        put_frame(c->frames[i], "", s, put);
    if (c->elided)
        put(s, TEXT("...frames elided...\n"));
    if (c->created_by != NULL)
        put_frame(c->created_by, "created by ", s, put);
}
