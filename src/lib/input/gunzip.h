/*
 * One gzip stream, of one member or several.  By zlib and not by libarchive,
 * which forgets up to 64 KiB of what it has unpacked when a stream breaks off,
 * and does not look at checksums.
 */
#ifndef INPUT_GUNZIP_H
#define INPUT_GUNZIP_H

#include "input/unpack.h"

struct gunzip;

bool gunzip_can(const char *bytes, size_t len);

/* Of what NEXT gives; NULL when out of memory. */
struct gunzip *gunzip_new(unpack_next_fn *next, void *user);

/* The next piece, an unpack_next_fn of a struct gunzip.  A damaged stream ends
 * where its damage begins. */
enum grl_status gunzip_next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err);

/* Words for the damage, static text, or NULL. */
const char *gunzip_damage(const struct gunzip *g);

void gunzip_free(struct gunzip *g);

#endif
