#include "base/error.h"
#include "base/limits.h"
#include "input/packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

static la_ssize_t give(struct archive *a, void *user, const void **bytes)
{
    struct packed *p = user;
    size_t len = 0;

    if (packed_next(p, (const char **)bytes, &len, p->err) == GRL_OK)
        return (la_ssize_t)len;
    archive_set_error(a, EIO, "cannot read");
    return -1;
}

static const char *words_of(struct archive *a)
{
    const char *words = archive_error_string(a);

    return words != NULL ? words : "damaged archive";
}

/* The data of the current entry, a block at a time. */
struct entry {
    struct archive *archive;
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
    p->sums->damage = packed_damage(p, GRL_EIO, words_of(e->archive), e->path);
    return GRL_OK;
}

/* *LEN is 0 at the end. */
static enum grl_status read_block(struct entry *e, size_t *len)
{
    la_ssize_t got = archive_read_data(e->archive, e->block, BLOCK_BYTES);

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

static bool is_raw(struct archive *a)
{
    return archive_format(a) == ARCHIVE_FORMAT_RAW;
}

/* It only begins like something packed: bytes come out as they went in. */
static bool is_plain(struct archive *a)
{
    return is_raw(a) && archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE;
}

/* "outer:member"; the names of raw streams are no members. */
static char *path_of(const struct packed *p, struct archive *a,
                     struct archive_entry *entry)
{
    bool raw = is_raw(a);
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

static enum grl_status visit_entry(struct entry *e, int64_t mtime)
{
    const struct source_visit *visit = e->in->visit;
    enum grl_status st = read_block(e, &e->peeked);

    if (st != GRL_OK)
        return st;
    if (!is_plain(e->archive) && unpack_can(e->block, e->peeked))
        return unpack_inside(e, mtime);
    if (e->path[0] != '\0')
        st = e->in->status = visit->member(visit->user, e->path, mtime);
    return st == GRL_OK ? show(e) : st;
}

static enum grl_status unpack_entry(struct packed *p, struct archive *a,
                                    struct archive_entry *entry, bool *last)
{
    struct entry e = {.archive = a, .in = p, .path = path_of(p, a, entry)};
    mode_t type = archive_entry_filetype(entry);
    int64_t mtime = archive_entry_mtime_is_set(entry)
                        ? (int64_t)archive_entry_mtime(entry)
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

static enum grl_status damaged(struct packed *p, struct archive *a)
{
    return p->status != GRL_OK
               ? p->status
               : packed_damage(p, GRL_EIO, words_of(a), p->inside);
}

/* With OTHERWISE, it is something packed for sure. */
static enum grl_status unpack_entries(struct packed *p, struct archive *a,
                                      bool otherwise)
{
    struct archive_entry *entry = NULL;
    enum grl_status st = GRL_OK;
    bool last = false;
    int got = ARCHIVE_OK;

    while (st == GRL_OK && !last &&
           (got = archive_read_next_header(a, &entry)) != ARCHIVE_EOF)
        if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
            st = damaged(p, a);
        else if (otherwise && is_plain(a))
            st = packed_damage(p, GRL_EIO,
                               "damaged, or packed in a way not known here",
                               p->inside);
        else
            st = unpack_entry(p, a, entry, &last);
    return st;
}

/* Filters that start another program are left out. */
static void support(struct archive *a)
{
    archive_read_support_filter_compress(a);
    archive_read_support_filter_lzip(a);
    archive_read_support_filter_lzma(a);
    if (archive_liblz4_version() != NULL)
        archive_read_support_filter_lz4(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip_streamable(a);
    archive_read_support_format_raw(a);
}

enum grl_status unpack_archive(struct packed *p)
{
    const bool otherwise = packed_otherwise(p->first);
    struct archive *a = archive_read_new();
    enum grl_status st = GRL_OK;

    if (a == NULL)
        return p->status = fail_memory(p->err);
    support(a);
    st = archive_read_open(a, p, NULL, give, NULL) == ARCHIVE_OK
             ? unpack_entries(p, a, otherwise)
             : damaged(p, a);
    archive_read_free(a);
    return st;
}
