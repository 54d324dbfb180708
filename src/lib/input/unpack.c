#include "input/unpack.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "input/decode.h"
#include "input/packed.h"

#include <stdio.h>

static bool is_archive(struct grl_text t)
{
    enum { TAR_MARK = 257 };

    return text_starts(t, TEXT("PK\x03\x04")) ||
           (t.len > TAR_MARK &&
            text_starts(text_sub(t, TAR_MARK, t.len), TEXT("ustar")));
}

bool packed_otherwise(struct grl_text t)
{
    return text_starts(t, TEXT("\x04\x22\x4d\x18")) ||       /* lz4 */
           text_starts(t, TEXT("\x1f\x9d")) ||               /* compress */
           text_starts(t, TEXT("LZIP\x01")) ||               /* lzip */
           (t.len > 13 && text_starts(t, TEXT("\x5d\0\0"))); /* lzma */
}

bool unpack_can(const char *bytes, size_t len)
{
    const struct grl_text t = {bytes, len};

    return codec_of(t) != NULL || is_archive(t) || packed_otherwise(t);
}

enum grl_status packed_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct packed *p = user;

    *bytes = p->first.ptr;
    *len = p->first.len;
    p->first.len = 0;
    if (*len == 0)
        p->status = p->next(p->user, bytes, len, err);
    return p->status;
}

enum grl_status packed_count(const struct packed *p, uint64_t *sum, size_t len)
{
    *sum += len;
    if (*sum <= LIMIT_EXPANDED_BYTES ||
        (*sum - LIMIT_EXPANDED_BYTES) / LIMIT_EXPANSION <= p->sums->packed)
        return GRL_OK;
    return fail(p->err, GRL_ELIMIT,
                "expands more than a thousand times: not read to its end", 0);
}

enum grl_status packed_damage(const struct packed *p, enum grl_status code,
                              const char *words, const char *path)
{
    enum { ENOUGH = 200 };
    char detail[ENOUGH];

    snprintf(detail, sizeof detail, "%s%s%s", words,
             path[0] != '\0' ? " in " : "", path);
    return fail_detail(p->err, code, "cannot unpack", detail);
}

enum grl_status packed_too_deep(const struct packed *p)
{
    return fail(p->err, GRL_ELIMIT,
                "archives in archives: not read to the last", 0);
}

/* A compressed stream, and what of it has been unpacked. */
struct decoded {
    struct packed *in;
    struct decode *decode;
    uint64_t sum;
};

static enum grl_status next_decoded(void *user, const char **bytes, size_t *len,
                                    struct grl_error *err)
{
    struct decoded *d = user;
    enum grl_status st = decode_next(d->decode, bytes, len, err);

    return st == GRL_OK ? packed_count(d->in, &d->sum, *len) : st;
}

/* What P gives is one file. */
static enum grl_status show_file(struct packed *p)
{
    const struct source_visit *visit = p->visit;
    struct piece piece = {.len = 1};

    if (p->inside[0] != '\0')
        p->status = visit->member(visit->user, p->inside, p->mtime);
    while (p->status == GRL_OK &&
           packed_next(p, &piece.bytes, &piece.len, p->err) == GRL_OK &&
           piece.len > 0) {
        p->status = packed_count(p, &p->sums->unpacked, piece.len);
        if (p->status == GRL_OK)
            p->status = visit->bytes(visit->user, &piece);
    }
    return p->status;
}

/* What D unpacks, which may be packed itself. */
static enum grl_status unpack_decoded(struct packed *p, struct decoded *d)
{
    struct packed inner = *p;
    enum grl_status st = GRL_OK;

    inner.next = next_decoded;
    inner.user = d;
    inner.first = TEXT("");
    inner.depth = p->depth + p->decoded;
    inner.decoded = true;
    st = inner.depth < LIMIT_PACKED_DEPTH ? unpack_stream(&inner)
                                          : packed_too_deep(p);
    p->status = inner.status;
    return st;
}

/* Whatever its damage did to what is in it is its damage. */
static enum grl_status unpack_compressed(struct packed *p,
                                         const struct codec *codec)
{
    struct decoded d = {p, decode_new(codec, packed_next, p), 0};
    const struct decode_fault *fault = NULL;
    enum grl_status st = GRL_OK;

    if (d.decode == NULL)
        return p->status = fail_memory(p->err);
    st = unpack_decoded(p, &d);
    fault = decode_fault(d.decode);
    if (fault->code != GRL_OK && p->status == GRL_OK)
        st = packed_damage(p, fault->code, fault->words, p->inside);
    decode_free(d.decode);
    return st;
}

enum grl_status unpack_stream(struct packed *p)
{
    const struct codec *codec = NULL;

    p->status = p->next(p->user, &p->first.ptr, &p->first.len, p->err);
    if (p->status != GRL_OK)
        return p->status;
    codec = codec_of(p->first);
    if (codec != NULL)
        return unpack_compressed(p, codec);
    return is_archive(p->first) || packed_otherwise(p->first)
               ? unpack_archive(p)
               : show_file(p);
}

/* What unpack() was given, of which the bytes are counted. */
struct outer {
    unpack_next_fn *next;
    void *user;
    struct sums sums;
};

static enum grl_status next_outer(void *user, const char **bytes, size_t *len,
                                  struct grl_error *err)
{
    struct outer *o = user;
    enum grl_status st = o->next(o->user, bytes, len, err);

    o->sums.packed += st == GRL_OK ? *len : 0;
    return st;
}

enum grl_status unpack(unpack_next_fn *next, void *user,
                       const struct source_visit *visit, struct grl_error *err)
{
    struct outer outer = {next, user, {0, 0, GRL_OK}};
    struct packed p = {.next = next_outer,
                       .user = &outer,
                       .visit = visit,
                       .sums = &outer.sums,
                       .inside = "",
                       .mtime = GRL_NO_TIME,
                       .err = err};
    enum grl_status st = unpack_stream(&p);

    return st == GRL_OK ? outer.sums.damage : st;
}
