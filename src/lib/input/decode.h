/*
 * One compressed file, of one stream or several.  By each format's own library
 * and not by libarchive, which forgets the last of what it has unpacked when a
 * stream breaks off, and does not look at gzip's checksums.
 */
#ifndef INPUT_DECODE_H
#define INPUT_DECODE_H

#include "input/codec.h"
#include "input/unpack.h"

struct decode;

/* Of what NEXT gives; NULL when out of memory. */
struct decode *decode_new(const struct codec *codec, unpack_next_fn *next,
                          void *user);

/* The next piece, an unpack_next_fn of a struct decode.  A faulty stream ends
 * where its fault begins.  Fails when NEXT does, after what came before. */
enum grl_status decode_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err);

/* What ended it before its end: GRL_EIO, GRL_ELIMIT past LIMIT_DECODER_BYTES,
 * with words for it; or GRL_OK and none. */
struct decode_fault {
    enum grl_status code;
    char words[96];
};

/* Lives as long as D. */
const struct decode_fault *decode_fault(const struct decode *d);

void decode_free(struct decode *d);

#endif
