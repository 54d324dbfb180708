#include "parse/reversed.h"

#include "base/grow.h"
#include "base/limits.h"
#include "parse/line.h"
#include "parse/race_line.h"

#include <stdlib.h>

bool reversed_keep(struct reversed *r, struct grl_text line)
{
    if (line.len > LIMIT_REVERSED_BYTES - r->len) {
        /* No goroutine is so long: most likely it is a log before a dump. */
        r->lost += r->order == REVERSED_YES ? r->count : 0;
        r->len = 0;
        r->count = 0;
        line.len = line.len < LIMIT_REVERSED_BYTES ? line.len
                                                   : LIMIT_REVERSED_BYTES;
    }
    if (!GROW(r->bytes, r->capacity, r->len + line.len + 1) ||
        !GROW(r->starts, r->start_capacity, r->count + 1))
        return false;
    memcpy(r->bytes + r->len, line.ptr, line.len);
    r->starts[r->count++] = r->len;
    r->len += line.len;
    return true;
}

static struct grl_text kept(const struct reversed *r, size_t i)
{
    size_t end = i + 1 < r->count ? r->starts[i + 1] : r->len;

    return (struct grl_text){r->bytes + r->starts[i], end - r->starts[i]};
}

/* Does a line with this in front of it stand below a stack that ends there? */
static bool is_below_a_stack(const struct reversed *r, struct grl_text before)
{
    struct prefix prefix = {.len = 0};
    struct line call;
    struct line position;

    if (r->count < 2)
        return false;
    prefix_learn(&prefix, before);
    line_recognise(prefix_take_off(&prefix, kept(r, r->count - 1)), &call);
    line_recognise(prefix_take_off(&prefix, kept(r, r->count - 2)), &position);
    return call.kind == LINE_CALL && position.kind == LINE_POSITION &&
           position.indented && position.offset;
}

bool reversed_decide(struct reversed *r, struct grl_text line, size_t at)
{
    r->order = is_below_a_stack(r, text_sub(line, 0, at)) ? REVERSED_YES
                                                          : REVERSED_NO;
    return r->order == REVERSED_YES;
}

bool reversed_decide_race(struct reversed *r, struct grl_text line)
{
    size_t at = race_line_find_stack(line);

    if (at < line.len && is_below_a_stack(r, text_sub(line, 0, at)))
        r->order = REVERSED_YES;
    return r->order == REVERSED_YES;
}

bool reversed_is_cut(const struct reversed *r, const struct prefix *prefix,
                     bool *report)
{
    bool cut = false;

    *report = false;
    if (r->order != REVERSED_YES)
        return false;
    for (size_t i = 0; i < r->count && !*report; i++)
        *report = race_line_find_stack(kept(r, i)) < kept(r, i).len;
    for (size_t i = r->count; i > 0 && i + 1 >= r->count; i--) {
        struct line l;

        line_recognise(prefix_take_off(prefix, kept(r, i - 1)), &l);
        cut = cut || (l.kind == LINE_POSITION && l.indented && l.offset);
    }
    return cut || *report;
}

bool reversed_take(struct reversed *r, struct grl_text *line)
{
    if (r->count == 0)
        return false;
    *line = kept(r, --r->count);
    r->len = r->starts[r->count];
    return true;
}

void reversed_restart(struct reversed *r)
{
    r->order = REVERSED_UNKNOWN;
    r->len = 0;
    r->count = 0;
}

void reversed_free(struct reversed *r)
{
    free(r->bytes);
    free(r->starts);
    *r = (struct reversed){.count = 0};
}
