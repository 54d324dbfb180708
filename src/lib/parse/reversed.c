#include "parse/reversed.h"

#include "base/grow.h"
#include "base/limits.h"
#include "parse/line.h"
#include "parse/prefix.h"

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

bool reversed_decide(struct reversed *r, struct grl_text line, size_t at)
{
    struct prefix prefix = {.len = 0};
    struct line call;
    struct line position;

    r->order = REVERSED_NO;
    if (r->count < 2)
        return false;
    prefix_learn(&prefix, text_sub(line, 0, at));
    line_recognise(prefix_take_off(&prefix, kept(r, r->count - 1)), &call);
    line_recognise(prefix_take_off(&prefix, kept(r, r->count - 2)), &position);
    if (call.kind == LINE_CALL && position.kind == LINE_POSITION &&
        position.indented && position.offset)
        r->order = REVERSED_YES;
    return r->order == REVERSED_YES;
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
