#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_FIRST_BYTES = 4096, ARENA_MOST_BYTES = 256 * 1024 };

struct arena_block {
    struct arena_block *next;
    alignas(max_align_t) char bytes[];
};

/* Blocks double up to a cap, so a small dump costs little memory and a large
 * one few allocations. */
static bool arena_add_block(struct arena *a, size_t len)
{
    size_t size = a->size > 0 ? a->size * 2 : ARENA_FIRST_BYTES;
    struct arena_block *block = NULL;

    if (size > ARENA_MOST_BYTES)
        size = ARENA_MOST_BYTES;
    if (size < len)
        size = len;
    block = calloc(1, sizeof *block + size + ARENA_SLACK_BYTES);
    if (block == NULL)
        return false;
    block->next = a->blocks;
    a->blocks = block;
    a->size = size;
    a->used = 0;
    return true;
}

void *arena_take(struct arena *a, size_t len)
{
    size_t step = alignof(max_align_t);
    char *piece = NULL;

    if (len > SIZE_MAX / 2)
        return NULL;
    len = (len + step - 1) / step * step;
    if ((a->blocks == NULL || a->size - a->used < len) &&
        !arena_add_block(a, len))
        return NULL;
    piece = a->blocks->bytes + a->used;
    a->used += len;
    return piece;
}

char *arena_copy(struct arena *a, struct grl_text t)
{
    char *copy = arena_take(a, t.len + 1);

    if (copy != NULL && t.len > 0)
        memcpy(copy, t.ptr, t.len);
    return copy;
}

void arena_free(struct arena *a)
{
    while (a->blocks != NULL) {
        struct arena_block *next = a->blocks->next;

        free(a->blocks);
        a->blocks = next;
    }
    *a = (struct arena){0};
}
