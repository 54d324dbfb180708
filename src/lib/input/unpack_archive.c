#include "base/error.h"
#include "base/limits.h"
#include "input/libarchive.h"
#include "input/packed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

/* An archive that is read, and what reads it. */
struct reader {
    struct libarchive lib;
    struct archive *archive;
    struct packed *in;
};

static la_ssize_t give(struct archive *a, void *user, const void **bytes)
{
    const struct reader *r = user;
    size_t len = 0;

    if (packed_next(r->in, (const char **)bytes, &len, r->in->err) == GRL_OK)
        return (la_ssize_t)len;
    r->lib.set_error(a, EIO, "cannot read");
    return -1;
}

static const char *words_of(const struct reader *r)
{
    const char *words = r->lib.error_string(r->archive);

    return words != NULL ? words : "damaged archive";
}

/* The data of the current entry, a block at a time. */
struct entry {
    const struct reader *reader;
    struct packed *in;
    char *path;
    char *block;
    size_t peeked; /* bytes in BLOCK that nobody took yet */
    bool last;     /* the archive is damaged beyond this one */
};

/* It is damaged, which leaves what came before and the other members. */
static enum grl_status cut_short(struct entry *e, bool last)
{
    struct packed *p = e->in;

    if (p->status != GRL_OK)
        return p->status;
    e->last = last;
    p->sums->damage = packed_damage(p, GRL_EIO, words_of(e->reader), e->path);
    return GRL_OK;
}

/* *LEN is 0 at the end. */
static enum grl_status read_block(struct entry *e, size_t *len)
{
    const struct reader *r = e->reader;
    la_ssize_t got = r->lib.read_data(r->archive, e->block, BLOCK_BYTES);

    *len = got < 0 ? 0 : (size_t)got;
    return got < 0 ? cut_short(e, got == ARCHIVE_FATAL)
                   : packed_count(e->in, &e->in->sums->unpacked, *len);
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

/* An entry that is packed itself.  What is wrong in it is wrong there only. */
static enum grl_status unpack_inside(struct entry *e, int64_t mtime)
{
    struct packed *p = e->in;
    struct packed inner = {.next = next_of_entry,
                           .user = e,
                           .visit = p->visit,
                           .sums = p->sums,
                           .inside = e->path,
                           .mtime = mtime,
                           .depth = p->depth + 1,
                           .err = p->err};
    enum grl_status st = inner.depth < LIMIT_PACKED_DEPTH
                             ? unpack_stream(&inner)
                             : packed_too_deep(p);

    p->status = inner.status;
    if (st == GRL_OK || p->status != GRL_OK)
        return st;
    p->sums->damage = st;
    return GRL_OK;
}

static bool is_raw(const struct reader *r)
{
    return r->lib.format(r->archive) == ARCHIVE_FORMAT_RAW;
}

/* It only begins like something packed: bytes come out as they went in. */
static bool is_plain(const struct reader *r)
{
    return is_raw(r) &&
           r->lib.filter_code(r->archive, 0) == ARCHIVE_FILTER_NONE;
}

/* "outer:member"; the names of raw streams are no members. */
static char *path_of(const struct reader *r, struct archive_entry *entry)
{
    const char *inside = r->in->inside;
    bool raw = is_raw(r);
    const char *name = raw ? "" : r->lib.entry_pathname_utf8(entry);
    size_t size = 0;
    char *path = NULL;

    if (!raw && name == NULL)
        name = r->lib.entry_pathname(entry);
    if (name == NULL)
        name = "?";
    if (strncmp(name, "./", 2) == 0)
        name += 2;
    size = strlen(inside) + strlen(name) + 2;
    path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%s%s%s", inside,
                 inside[0] != '\0' && name[0] != '\0' ? ":" : "", name);
    return path;
}

static enum grl_status visit_entry(struct entry *e, int64_t mtime)
{
    const struct source_visit *visit = e->in->visit;
    enum grl_status st = read_block(e, &e->peeked);

    if (st != GRL_OK)
        return st;
    if (!is_plain(e->reader) && unpack_can(e->block, e->peeked))
        return unpack_inside(e, mtime);
    if (e->path[0] != '\0')
        st = e->in->status = visit->member(visit->user, e->path, mtime);
    return st == GRL_OK ? show(e) : st;
}

static enum grl_status unpack_entry(const struct reader *r,
                                    struct archive_entry *entry, bool *last)
{
    struct packed *p = r->in;
    struct entry e = {.reader = r, .in = p, .path = path_of(r, entry)};
    mode_t type = r->lib.entry_filetype(entry);
    int64_t mtime = r->lib.entry_mtime_is_set(entry)
                        ? (int64_t)r->lib.entry_mtime(entry)
                        : p->mtime;
    enum grl_status st = GRL_OK;

    e.block = malloc(BLOCK_BYTES);
    if (e.block == NULL || e.path == NULL)
        p->status = st = fail_memory(p->err);
    else if (type == AE_IFREG || type == 0)
        st = visit_entry(&e, mtime);
    *last = e.last;
    free(e.block);
    free(e.path);
    return st;
}

static enum grl_status damaged(const struct reader *r)
{
    struct packed *p = r->in;

    return p->status != GRL_OK
               ? p->status
               : packed_damage(p, GRL_EIO, words_of(r), p->inside);
}

/* With OTHERWISE, it is something packed for sure. */
static enum grl_status unpack_entries(const struct reader *r, bool otherwise)
{
    struct archive_entry *entry = NULL;
    enum grl_status st = GRL_OK;
    bool last = false;
    int got = ARCHIVE_OK;

    while (st == GRL_OK && !last &&
           (got = r->lib.read_next_header(r->archive, &entry)) != ARCHIVE_EOF)
        if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
            st = damaged(r);
        else if (otherwise && is_plain(r))
            st = packed_damage(r->in, GRL_EIO,
                               "damaged, or packed in a way not known here",
                               r->in->inside);
        else
            st = unpack_entry(r, entry, &last);
    return st;
}

/* Filters that start another program are left out. */
static void support(const struct reader *r)
{
    r->lib.read_support_filter_compress(r->archive);
    r->lib.read_support_filter_lzip(r->archive);
    r->lib.read_support_filter_lzma(r->archive);
    if (r->lib.liblz4_version() != NULL)
        r->lib.read_support_filter_lz4(r->archive);
    r->lib.read_support_format_tar(r->archive);
    r->lib.read_support_format_zip_streamable(r->archive);
    r->lib.read_support_format_raw(r->archive);
}

enum grl_status unpack_archive(struct packed *p)
{
    const bool otherwise = packed_otherwise(p->first);
    struct reader r = {.in = p};
    enum grl_status st = libarchive_load(&r.lib, p->err);

    if (st != GRL_OK)
        return p->status = st;
    r.archive = r.lib.read_new();
    if (r.archive == NULL)
        return p->status = fail_memory(p->err);
    support(&r);
    st = r.lib.read_open(r.archive, &r, NULL, give, NULL) == ARCHIVE_OK
             ? unpack_entries(&r, otherwise)
             : damaged(&r);
    r.lib.read_free(r.archive);
    return st;
}
