/* What unpack.c and unpack_archive.c have in common; for them alone. */
#ifndef INPUT_PACKED_H
#define INPUT_PACKED_H

#include "input/unpack.h"

/* Of all depths together: how much came in packed and how much went out, and
 * the last damage that left something to go on with. */
struct sums {
    uint64_t packed;
    uint64_t unpacked;
    enum grl_status damage;
};

/* One packed stream, which may be a member of another, or what it unpacks to.
 */
struct packed {
    unpack_next_fn *next;
    void *user;
    struct grl_text first; /* what NEXT gave already */
    const struct source_visit *visit;
    struct sums *sums;
    const char *inside; /* path of the members it lies in, or "" */
    int64_t mtime;      /* of the innermost, or GRL_NO_TIME */
    unsigned depth;
    bool decoded; /* NEXT is a decoder */
    struct grl_error *err;
    enum grl_status status; /* what NEXT or VISIT failed with */
};

/* Unpack P.  What fails with P->status still GRL_OK is damage of its own. */
enum grl_status unpack_stream(struct packed *p);
enum grl_status unpack_archive(struct packed *p);

/* Do these first bytes begin what is compressed in a way that libarchive knows
 * and no codec? */
bool packed_otherwise(struct grl_text t);

/* What NEXT gives, an unpack_next_fn of a struct packed. */
enum grl_status packed_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err);

/* LEN more bytes have come out, which makes *SUM of them: too many? */
enum grl_status packed_count(const struct packed *p, uint64_t *sum, size_t len);

/* Fail with CODE for what is wrong, in WORDS, with member PATH or, when that is
 * "", with all. */
enum grl_status packed_damage(const struct packed *p, enum grl_status code,
                              const char *words, const char *path);

enum grl_status packed_too_deep(const struct packed *p);

#endif
