/* Compressing for tests, each format by its own library. */
#ifndef SUPPORT_PACK_H
#define SUPPORT_PACK_H

#include <stddef.h>

/* What was written of PLAIN when PACKED bytes had come out. */
struct pack_mark {
    size_t plain;
    size_t packed;
};

/* PLAIN as one stream in OUT, which has enough ROOM.  Every STEP bytes all is
 * flushed, and a mark set, of which there are LEN / STEP. */
typedef size_t pack_fn(const char *plain, size_t len, size_t step, char *out,
                       size_t room, struct pack_mark *marks);

pack_fn pack_gzip;
pack_fn pack_bzip2;
pack_fn pack_xz;
pack_fn pack_zstd;

#endif
