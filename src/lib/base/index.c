#include "base/index.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

void *index_next(const struct index *ix, uint64_t hash, size_t *at)
{
    const struct index_slot *s = NULL;

    if (ix->capacity == 0)
        return NULL;
    do {
        s = &ix->slots[(hash + (*at)++) & (ix->capacity - 1)];
    } while (s->entry != NULL && s->hash != hash);
    return s->entry;
}

static void put(struct index *ix, uint64_t hash, void *entry)
{
    size_t at = hash & (ix->capacity - 1);

    while (ix->slots[at].entry != NULL)
        at = (at + 1) & (ix->capacity - 1);
    ix->slots[at] = (struct index_slot){entry, hash};
}

/* Room for one more, with three eighths of the slots free. */
static bool make_room(struct index *ix)
{
    struct index old = *ix;

    if (ix->count + 1 <= ix->capacity / 8 * 5)
        return true;
    ix->capacity = old.capacity > 0 ? 2 * old.capacity : FIRST_SLOTS;
    ix->slots = calloc(ix->capacity, sizeof *ix->slots);
    if (ix->slots == NULL) {
        *ix = old;
        return false;
    }
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].entry != NULL)
            put(ix, old.slots[i].hash, old.slots[i].entry);
    free(old.slots);
    return true;
}

bool index_add(struct index *ix, uint64_t hash, void *entry)
{
    if (!make_room(ix))
        return false;
    put(ix, hash, entry);
    ix->count++;
    return true;
}

void index_free(struct index *ix)
{
    free(ix->slots);
    *ix = (struct index){0};
}
