#include "input/lines.h"

#include "base/grow.h"
#include "base/limits.h"

#include <stdlib.h>

static bool lines_keep(struct lines *l, const char *bytes, size_t len)
{
    size_t room = LIMIT_LINE_BYTES - l->held;
    size_t take = len < room ? len : room;

    l->cut = l->cut || take < len;
    if (take == 0)
        return true;
    if (!GROW(l->hold, l->capacity, l->held + take))
        return false;
    memcpy(l->hold + l->held, bytes, take);
    l->held += take;
    return true;
}

static enum grl_status lines_flush(struct lines *l, bool last)
{
    struct grl_text line = {l->held > 0 ? l->hold : "", l->held};
    enum grl_status st = l->on_line(l->user, line, l->cut, last);

    l->held = 0;
    l->cut = false;
    return st;
}

/* A line that lies whole in the chunk, unless it is over-long. */
static enum grl_status lines_pass(struct lines *l, const char *bytes,
                                  size_t len)
{
    bool cut = len > LIMIT_LINE_BYTES;
    struct grl_text line = {bytes, cut ? LIMIT_LINE_BYTES : len};

    return l->on_line(l->user, line, cut, false);
}

enum grl_status lines_feed(struct lines *l, const char *bytes, size_t len)
{
    const char *end = bytes + len;
    enum grl_status st = GRL_OK;

    while (bytes < end) {
        bool begins = lines_at_start(l);
        const char *nl = NULL;
        size_t part = 0;

        if (begins && l->on_bytes != NULL)
            st = l->on_bytes(l->user, bytes, end, &part);
        bytes += part;
        if (st != GRL_OK || bytes == end)
            return st;
        nl = memchr(bytes, '\n', (size_t)(end - bytes));
        part = (size_t)((nl != NULL ? nl : end) - bytes);
        if (nl != NULL && begins) {
            st = lines_pass(l, bytes, part);
        } else {
            if (!lines_keep(l, bytes, part))
                return GRL_ENOMEM;
            if (nl == NULL)
                return GRL_OK;
            st = lines_flush(l, false);
        }
        if (st != GRL_OK)
            return st;
        bytes += part + 1;
    }
    return GRL_OK;
}

enum grl_status lines_finish(struct lines *l)
{
    if (lines_at_start(l))
        return GRL_OK;
    return lines_flush(l, true);
}

void lines_free(struct lines *l)
{
    free(l->hold);
    l->hold = NULL;
}
