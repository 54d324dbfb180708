/*
 * One compressed format: bytes in, bytes out, and what its library says of
 * them.  How streams follow each other and break off is for input/decode.h.
 */
#ifndef INPUT_CODEC_H
#define INPUT_CODEC_H

#include "base/text.h"

/* A codec takes from the front of IN and writes to OUT, which has ROOM; what it
 * took and wrote it moves these past. */
struct codec_io {
    struct grl_text in;
    char *out;
    size_t room;
};

enum codec_said {
    CODEC_GOES_ON,   /* it did what it could; with neither taken nor written, it
                        waits for bytes */
    CODEC_END,       /* of a stream; IN is what follows */
    CODEC_DAMAGE,    /* what was written before is good */
    CODEC_UNKNOWN,   /* sound, but made in a way not known here */
    CODEC_TOO_LARGE, /* needs more than LIMIT_DECODER_BYTES */
    CODEC_NO_MEMORY,
};

struct codec {
    const char *name;
    size_t mark_bytes; /* so many first bytes show that it is this format */
    /* Are these, at least one, the first bytes of a stream, as far as they go?
     */
    bool (*begins)(struct grl_text bytes);
    /* NULL when out of memory. */
    void *(*create)(void);
    /* Before the first byte of each stream. */
    enum codec_said (*begin)(void *state);
    enum codec_said (*run)(void *state, struct codec_io *io);
    void (*destroy)(void *state);
};

extern const struct codec codec_gzip;
extern const struct codec codec_bzip2;
extern const struct codec codec_xz;
extern const struct codec codec_zstd;

/* The one that BYTES begin a stream of, or NULL. */
const struct codec *codec_of(struct grl_text bytes);

/* Does BYTES begin with MARK, as far as both go? */
bool codec_agrees(struct grl_text bytes, struct grl_text mark);

/* IO after TAKEN and WRITTEN bytes. */
void codec_move(struct codec_io *io, size_t taken, size_t written);

/* As many bytes as the libraries that count in unsigned int can be given. */
unsigned codec_most(size_t len);

#endif
