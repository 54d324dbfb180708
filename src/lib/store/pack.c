#include "store/pack.h"

#include "base/grow.h"

#include <stdlib.h>

enum { MOST_BYTES = 10 }; /* of a varint */

void pack_number(struct pack *p, uint64_t n)
{
    if (!GROW(p->bytes, p->capacity, p->len + MOST_BYTES)) {
        p->lost = true;
        return;
    }
    for (; n >= 0x80; n >>= 7)
        p->bytes[p->len++] = (unsigned char)(n | 0x80);
    p->bytes[p->len++] = (unsigned char)n;
}

void pack_text(struct pack *p, struct grl_text t)
{
    pack_number(p, t.len);
    if (!GROW(p->bytes, p->capacity, p->len + t.len + 1)) {
        p->lost = true;
        return;
    }
    if (t.len > 0)
        memcpy(p->bytes + p->len, t.ptr, t.len);
    p->len += t.len;
}

void pack_free(struct pack *p)
{
    free(p->bytes);
    *p = (struct pack){NULL, 0, 0, false};
}

static uint64_t give_up(struct unpack *u)
{
    u->damaged = true;
    u->left = 0;
    return 0;
}

uint64_t unpack_number(struct unpack *u)
{
    uint64_t n = 0;

    for (unsigned shift = 0; u->left > 0 && shift < 64; shift += 7) {
        unsigned char byte = *u->bytes;

        u->bytes++;
        u->left--;
        n |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return n;
    }
    return give_up(u);
}

struct grl_text unpack_text(struct unpack *u)
{
    uint64_t len = unpack_number(u);
    struct grl_text t;

    if (len > u->left) {
        give_up(u);
        return TEXT("");
    }
    t = (struct grl_text){(const char *)u->bytes, (size_t)len};
    u->bytes += len;
    u->left -= (size_t)len;
    return t;
}
