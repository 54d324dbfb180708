#include "input/unpack.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "input/gunzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

/* How much came in packed, and how much went out, at all depths together. */
struct amounts {
    uint64_t packed;
    uint64_t unpacked;
};

/* One packed stream, which may be a member of another. */
struct packed {
    unpack_next_fn *next;
    void *user;
    struct grl_text first; /* what NEXT gave already */
    const struct source_visit *visit;
    struct amounts *amounts;
    const char *inside; /* path of the members it lies in, or "" */
    int64_t mtime;      /* of the innermost, or GRL_NO_TIME */
    unsigned depth;
    struct archive *archive;
    struct grl_error *err;
    enum grl_status status; /* what NEXT or VISIT failed with */
};

static bool begins(const char *bytes, size_t len, const char *mark, size_t n)
{
    return len >= n && memcmp(bytes, mark, n) == 0;
}

bool unpack_can(const char *bytes, size_t len)
{
    enum { TAR_MARK = 257 };

    return gunzip_can(bytes, len) || begins(bytes, len, "BZh", 3) ||
           begins(bytes, len,
                  "\xfd"
                  "7zXZ",
                  6) ||
           begins(bytes, len, "\x28\xb5\x2f\xfd", 4) ||
           begins(bytes, len, "PK\x03\x04", 4) ||
           (len > TAR_MARK &&
            begins(bytes + TAR_MARK, len - TAR_MARK, "ustar", 5));
}

/* --------------------------------------------------------------- reading */

/* What NEXT gives, an unpack_next_fn of a struct packed. */
static enum grl_status next_packed(void *user, const char **bytes, size_t *len,
                                   struct grl_error *err)
{
    struct packed *p = user;
    enum grl_status st = GRL_OK;

    *bytes = p->first.ptr;
    *len = p->first.len;
    p->first.len = 0;
    if (*len == 0)
        st = p->next(p->user, bytes, len, err);
    if (p->depth == 0)
        p->amounts->packed += *len;
    return st;
}

/* What libarchive is given: the stream itself, or what gzip has packed. */
struct given {
    unpack_next_fn *next;
    void *user;
    struct packed *p;
    struct grl_text first; /* what NEXT gave already */
};

static la_ssize_t give(struct archive *a, void *user, const void **bytes)
{
    struct given *g = user;
    size_t len = g->first.len;

    *bytes = g->first.ptr;
    g->first.len = 0;
    if (len > 0)
        return (la_ssize_t)len;
    g->p->status = g->next(g->user, (const char **)bytes, &len, g->p->err);
    if (g->p->status == GRL_OK)
        return (la_ssize_t)len;
    archive_set_error(a, EIO, "cannot read");
    return -1;
}

/* Readers that start other programs are left out. */
static int open_archive(struct packed *p, struct given *from)
{
    struct archive *a = archive_read_new();

    p->archive = a;
    if (a == NULL)
        return ARCHIVE_FATAL;
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip_streamable(a);
    archive_read_support_format_raw(a);
    return archive_read_open(a, from, NULL, give, NULL);
}

static enum grl_status damaged(struct packed *p)
{
    const char *words = p->archive != NULL ? archive_error_string(p->archive)
                                           : NULL;

    if (p->status != GRL_OK)
        return p->status;
    return fail_detail(p->err, GRL_EIO, "cannot unpack",
                       words != NULL ? words : "");
}

/* ------------------------------------------------------------- expanding */

static bool expands_too_far(const struct amounts *a)
{
    return a->unpacked > LIMIT_EXPANDED_BYTES &&
           (a->unpacked - LIMIT_EXPANDED_BYTES) / LIMIT_EXPANSION > a->packed;
}

static enum grl_status count(struct packed *p, size_t unpacked)
{
    p->amounts->unpacked += unpacked;
    return expands_too_far(p->amounts)
               ? fail(p->err, GRL_ELIMIT,
                      "expands more than a thousand times: not read to its end",
                      0)
               : GRL_OK;
}

/* The data of the current entry, a block at a time. */
struct entry {
    struct packed *in;
    char *block;
    size_t peeked; /* bytes in BLOCK that nobody took yet */
};

/* *LEN is 0 at the end. */
static enum grl_status read_block(struct entry *e, size_t *len)
{
    struct packed *p = e->in;
    la_ssize_t got = archive_read_data(p->archive, e->block, BLOCK_BYTES);

    *len = got < 0 ? 0 : (size_t)got;
    return got < 0 ? damaged(p) : count(p, *len);
}

static enum grl_status next_of_entry(void *user, const char **bytes,
                                     size_t *len, struct grl_error *err)
{
    struct entry *e = user;
    enum grl_status st = GRL_OK;

    (void)err; /* that of the outer stream is the same */
    *len = e->peeked;
    e->peeked = 0;
    if (*len == 0)
        st = read_block(e, len);
    *bytes = e->block;
    return st;
}

static enum grl_status show(struct entry *e)
{
    const struct source_visit *visit = e->in->visit;
    size_t len = e->peeked;
    enum grl_status st = GRL_OK;

    while (st == GRL_OK && len > 0) {
        st = visit->bytes(visit->user, &(struct piece){e->block, len, 0});
        if (st != GRL_OK)
            e->in->status = st;
        else
            st = read_block(e, &len);
    }
    return st;
}

/* --------------------------------------------------------------- entries */

static enum grl_status unpack_stream(struct packed *p);

/* An entry that is packed itself. */
static enum grl_status unpack_inside(struct entry *e, const char *name,
                                     int64_t mtime)
{
    struct packed inner = {.next = next_of_entry,
                           .user = e,
                           .visit = e->in->visit,
                           .amounts = e->in->amounts,
                           .inside = name,
                           .mtime = mtime,
                           .depth = e->in->depth + 1,
                           .err = e->in->err};
    enum grl_status st = GRL_OK;

    if (inner.depth == LIMIT_PACKED_DEPTH)
        return fail(e->in->err, GRL_ELIMIT,
                    "archives in archives: not read to the last", 0);
    st = unpack_stream(&inner);
    if (st != GRL_OK && inner.status != GRL_OK)
        e->in->status = inner.status;
    return st;
}

/* "outer:member"; the names of raw streams are no members. */
static char *path_of(const struct packed *p, struct archive_entry *entry)
{
    bool raw = archive_format(p->archive) == ARCHIVE_FORMAT_RAW;
    const char *name = raw ? "" : archive_entry_pathname_utf8(entry);
    size_t size = 0;
    char *path = NULL;

    if (!raw && name == NULL)
        name = archive_entry_pathname(entry);
    if (name == NULL)
        name = "?";
    if (strncmp(name, "./", 2) == 0)
        name += 2;
    size = strlen(p->inside) + strlen(name) + 2;
    path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s%s%s", p->inside,
                 p->inside[0] != '\0' && name[0] != '\0' ? ":" : "", name);
    return path;
}

/* It only begins like something packed: bytes come out as they went in. */
static bool is_plain(struct archive *a)
{
    return archive_format(a) == ARCHIVE_FORMAT_RAW &&
           archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE;
}

static enum grl_status visit_entry(struct packed *p, struct entry *e,
                                   struct archive_entry *entry,
                                   const char *path)
{
    const struct source_visit *visit = p->visit;
    int64_t mtime = archive_entry_mtime_is_set(entry)
                        ? (int64_t)archive_entry_mtime(entry)
                        : p->mtime;
    enum grl_status st = read_block(e, &e->peeked);

    if (st != GRL_OK)
        return st;
    if (!is_plain(p->archive) && unpack_can(e->block, e->peeked))
        return unpack_inside(e, path, mtime);
    if (path[0] != '\0')
        st = visit->member(visit->user, path, mtime);
    if (st != GRL_OK)
        p->status = st;
    return st == GRL_OK ? show(e) : st;
}

static enum grl_status unpack_entry(struct packed *p,
                                    struct archive_entry *entry)
{
    struct entry e = {.in = p, .block = malloc(BLOCK_BYTES)};
    char *path = path_of(p, entry);
    mode_t type = archive_entry_filetype(entry);
    enum grl_status st = GRL_OK;

    if (e.block == NULL || path == NULL)
        p->status = st = fail_memory(p->err);
    else if (type == AE_IFREG || type == 0)
        st = visit_entry(p, &e, entry, path);
    free(e.block);
    free(path);
    return st;
}

static enum grl_status unpack_by_libarchive(struct packed *p,
                                            struct given *from)
{
    struct archive_entry *entry = NULL;
    enum grl_status st = GRL_OK;
    int got = open_archive(p, from);

    if (got != ARCHIVE_OK)
        st = damaged(p);
    while (st == GRL_OK &&
           (got = archive_read_next_header(p->archive, &entry)) != ARCHIVE_EOF)
        st = got == ARCHIVE_OK || got == ARCHIVE_WARN ? unpack_entry(p, entry)
                                                      : damaged(p);
    archive_read_free(p->archive);
    return st;
}

/* FIRST and the rest of what G unpacks, which is one file. */
static enum grl_status show_unpacked(struct packed *p, struct gunzip *g,
                                     struct grl_text first)
{
    const struct source_visit *visit = p->visit;

    if (p->inside[0] != '\0')
        p->status = visit->member(visit->user, p->inside, p->mtime);
    while (p->status == GRL_OK && first.len > 0) {
        p->status = count(p, first.len);
        if (p->status == GRL_OK)
            p->status = visit->bytes(visit->user,
                                     &(struct piece){first.ptr, first.len, 0});
        if (p->status == GRL_OK)
            p->status = gunzip_next(g, &first.ptr, &first.len, p->err);
    }
    return p->status;
}

/* Whatever its damage did to what is in it is its damage. */
static enum grl_status unpack_gzip(struct packed *p)
{
    struct gunzip *g = gunzip_new(next_packed, p);
    struct given from = {gunzip_next, g, p, TEXT("")};
    struct grl_text *first = &from.first;
    enum grl_status st = GRL_OK;

    if (g == NULL)
        return p->status = fail_memory(p->err);
    st = p->status = gunzip_next(g, &first->ptr, &first->len, p->err);
    if (st == GRL_OK)
        st = unpack_can(first->ptr, first->len) ? unpack_by_libarchive(p, &from)
                                                : show_unpacked(p, g, *first);
    if (gunzip_damage(g) != NULL && p->status == GRL_OK)
        st = fail_detail(p->err, GRL_EIO, "cannot unpack", gunzip_damage(g));
    gunzip_free(g);
    return st;
}

static enum grl_status unpack_stream(struct packed *p)
{
    struct given from = {next_packed, p, p, TEXT("")};

    p->status = p->next(p->user, &p->first.ptr, &p->first.len, p->err);
    if (p->status != GRL_OK)
        return p->status;
    return gunzip_can(p->first.ptr, p->first.len)
               ? unpack_gzip(p)
               : unpack_by_libarchive(p, &from);
}

enum grl_status unpack(unpack_next_fn *next, void *user,
                       const struct source_visit *visit, struct grl_error *err)
{
    struct amounts amounts = {0, 0};
    struct packed p = {.next = next,
                       .user = user,
                       .visit = visit,
                       .amounts = &amounts,
                       .inside = "",
                       .mtime = GRL_NO_TIME,
                       .err = err};

    return unpack_stream(&p);
}
