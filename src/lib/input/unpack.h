/*
 * Compressed streams and archives, by content and never by name: gzip, bzip2,
 * xz, zstd, see input/decode.h; tar and zip, plain or compressed, by
 * libarchive; and such inside of them.
 */
#ifndef INPUT_UNPACK_H
#define INPUT_UNPACK_H

#include "input/source.h"

/* Bytes that show what a stream is; tar's mark is the last of them. */
enum { UNPACK_PEEK_BYTES = 512 };

/* Do these first bytes begin something that unpack() reads? */
bool unpack_can(const char *bytes, size_t len);

/* The next piece of a packed stream, which lives until the next call; *LEN is 0
 * at its end.  The first shows what the stream is: it has UNPACK_PEEK_BYTES, or
 * is all there is. */
typedef enum grl_status unpack_next_fn(void *user, const char **bytes,
                                       size_t *len, struct grl_error *err);

/*
 * Unpack what NEXT gives, and show it to VISIT: the bytes alone when it is one
 * compressed stream, and before those of each member of an archive its name.
 * GRL_EIO with words for it when it or a member is damaged, after what could be
 * read; GRL_ELIMIT when a stream of it takes more than LIMIT_DECODER_BYTES;
 * GRL_ELIMIT when it expands beyond LIMIT_EXPANDED_BYTES and LIMIT_EXPANSION.
 */
enum grl_status unpack(unpack_next_fn *next, void *user,
                       const struct source_visit *visit, struct grl_error *err);

#endif
