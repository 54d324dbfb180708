#include "input/gunzip.h"

#include "base/error.h"

#include <stdlib.h>
#include <zlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct gunzip {
    unpack_next_fn *next;
    void *user;
    z_stream z;
    const char *damage;
    bool inside; /* a member has begun and is not at its end */
    bool over;
    char block[BLOCK_BYTES];
};

bool gunzip_can(const char *bytes, size_t len)
{
    return len >= 3 && memcmp(bytes, "\x1f\x8b\x08", 3) == 0;
}

struct gunzip *gunzip_new(unpack_next_fn *next, void *user)
{
    enum { GZIP_ONLY = 16 }; /* added to the window's size in bits */
    struct gunzip *g = calloc(1, sizeof *g);

    if (g == NULL)
        return NULL;
    g->next = next;
    g->user = user;
    if (inflateInit2(&g->z, MAX_WBITS + GZIP_ONLY) == Z_OK)
        return g;
    free(g);
    return NULL;
}

static void end(struct gunzip *g, const char *damage)
{
    g->over = true;
    g->damage = damage;
}

static enum grl_status pull(struct gunzip *g, struct grl_error *err)
{
    const char *bytes = NULL;
    size_t len = 0;
    enum grl_status st = g->next(g->user, &bytes, &len, err);

    if (st != GRL_OK)
        return st;
    if (len == 0)
        end(g, g->inside ? "truncated gzip input" : NULL);
    g->z.next_in = (Bytef *)(uintptr_t)bytes; /* which zlib only reads */
    g->z.avail_in = (uInt)len;
    return GRL_OK;
}

/* Behind a member another may come; anything else is padding. */
static bool begin_member(struct gunzip *g)
{
    if (*g->z.next_in != 0x1f) {
        end(g, NULL);
        return false;
    }
    g->inside = inflateReset(&g->z) == Z_OK;
    return g->inside;
}

static enum grl_status unpack_some(struct gunzip *g, struct grl_error *err)
{
    enum grl_status st = g->z.avail_in == 0 ? pull(g, err) : GRL_OK;

    if (st != GRL_OK || g->over || (!g->inside && !begin_member(g)))
        return st;
    switch (inflate(&g->z, Z_NO_FLUSH)) {
    case Z_STREAM_END:
        g->inside = false;
        break;
    case Z_OK:
    case Z_BUF_ERROR: /* there is more to come */
        break;
    case Z_MEM_ERROR:
        return fail_memory(err);
    default:
        end(g, "damaged gzip input");
        break;
    }
    return GRL_OK;
}

enum grl_status gunzip_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct gunzip *g = user;
    enum grl_status st = GRL_OK;

    g->z.next_out = (Bytef *)g->block;
    g->z.avail_out = BLOCK_BYTES;
    while (st == GRL_OK && !g->over && g->z.avail_out > 0)
        st = unpack_some(g, err);
    *bytes = g->block;
    *len = BLOCK_BYTES - g->z.avail_out;
    return st;
}

const char *gunzip_damage(const struct gunzip *g)
{
    return g->damage;
}

void gunzip_free(struct gunzip *g)
{
    if (g == NULL)
        return;
    inflateEnd(&g->z);
    free(g);
}
