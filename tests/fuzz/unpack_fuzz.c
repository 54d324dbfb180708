/*
 * Packed streams in pieces: however they are cut up, the same members and bytes
 * come out, or the same failure; and never more than the limits allow.
 */
#include "base/limits.h"
#include "base/xxh.h"
#include "fuzz/check.h"
#include "input/unpack.h"

struct pieces {
    const char *bytes;
    size_t len;
    size_t most; /* bytes of one piece, of which the first has more */
    bool begun;
};

/* All that came out, as a hash, and how much. */
struct result {
    XXH3_state_t hash;
    uint64_t bytes;
};

static enum grl_status next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct pieces *p = user;
    size_t most = p->begun || p->most > UNPACK_PEEK_BYTES ? p->most
                                                          : UNPACK_PEEK_BYTES;

    (void)err;
    p->begun = true;
    *bytes = p->bytes;
    *len = p->len < most ? p->len : most;
    p->bytes += *len;
    p->len -= *len;
    return GRL_OK;
}

static enum grl_status bytes(void *user, const struct piece *p)
{
    struct result *r = user;

    CHECK(p->len > 0);
    XXH3_128bits_update(&r->hash, p->bytes, p->len);
    r->bytes += p->len;
    return GRL_OK;
}

static enum grl_status member(void *user, const char *name, int64_t mtime)
{
    struct result *r = user;

    XXH3_128bits_update(&r->hash, name, strlen(name) + 1);
    XXH3_128bits_update(&r->hash, &mtime, sizeof mtime);
    return GRL_OK;
}

static enum grl_status unpack_in(const uint8_t *data, size_t size, size_t most,
                                 struct result *r)
{
    struct pieces p = {(const char *)data, size, most, false};
    const struct source_visit visit = {
        .bytes = bytes, .member = member, .user = r};
    struct grl_error err = {.code = GRL_OK};
    enum grl_status st = GRL_OK;

    XXH3_INITSTATE(&r->hash);
    XXH3_128bits_reset(&r->hash);
    r->bytes = 0;
    st = unpack(next, &p, &visit, &err);
    CHECK(st == GRL_OK || (err.code == st && err.what != NULL));
    CHECK(r->bytes <= LIMIT_EXPANDED_BYTES + LIMIT_EXPANSION * (size + 65536));
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct result whole;
    struct result cut;
    enum grl_status st = GRL_OK;

    if (!unpack_can((const char *)data, size))
        return -1;
    st = unpack_in(data, size, SIZE_MAX, &whole);
    CHECK(st == unpack_in(data, size, 1 + data[size - 1] % 64U, &cut));
    CHECK(st != GRL_OK || XXH128_isEqual(XXH3_128bits_digest(&whole.hash),
                                         XXH3_128bits_digest(&cut.hash)));
    return 0;
}
