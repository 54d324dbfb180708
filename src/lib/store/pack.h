/* Numbers and texts as bytes: numbers as in protobuf's varints, seven bits a
 * byte, the lowest first. */
#ifndef STORE_PACK_H
#define STORE_PACK_H

#include "base/text.h"

/* Grows; zero-initialise, free with pack_free(). */
struct pack {
    unsigned char *bytes;
    size_t len;
    size_t capacity;
    bool lost; /* out of memory: the bytes are not all there */
};

void pack_number(struct pack *p, uint64_t n);
void pack_text(struct pack *p, struct grl_text t);
void pack_free(struct pack *p);

/* Bytes being taken apart; what is damaged reads as 0 and "" from there on. */
struct unpack {
    const unsigned char *bytes;
    size_t left;
    bool damaged;
};

uint64_t unpack_number(struct unpack *u);
struct grl_text unpack_text(struct unpack *u);

#endif
