/* Interned strings: equal text gives the same entry, with a small number. */
#ifndef BASE_STRINGS_H
#define BASE_STRINGS_H

#include "base/arena.h"

struct string_entry;

struct strings {
    struct arena arena;
    struct string_entry *table;
    uint64_t seed;
    uint32_t count;
};

struct string {
    const char *text; /* NUL-terminated, lives as long as the strings */
    uint32_t id;      /* from 1, in order of first appearance */
    uint32_t len;     /* of the text */
};

void strings_init(struct strings *s);

/* The entry of T; NULL when out of memory or past LIMIT_STRINGS. */
const struct string *strings_intern(struct strings *s, struct grl_text t);

/* The entry of T if there is one already, else NULL. */
const struct string *strings_find(const struct strings *s, struct grl_text t);

void strings_free(struct strings *s);

#endif
