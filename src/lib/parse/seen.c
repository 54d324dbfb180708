#include "parse/seen.h"

_Static_assert(SEEN_SLOTS <= UINT16_MAX + 1, "a slot fits in seen.taken");

static uint32_t first_slot(uint64_t id)
{
    return (uint32_t)((id * 0x9e3779b97f4a7c15u) >> 32) % SEEN_SLOTS;
}

/* The slot that holds ID, or the free one where it belongs.  Half of the slots
 * stay free, so there always is one. */
static uint32_t slot_of(const struct seen *s, uint64_t id)
{
    uint32_t at = first_slot(id);

    while (s->slots[at] != 0 && s->slots[at] != id)
        at = (at + 1) % SEEN_SLOTS;
    return at;
}

void seen_prepare(const struct seen *s, uint64_t id)
{
    __builtin_prefetch(&s->slots[first_slot(id)]);
}

bool seen_has(const struct seen *s, uint64_t id)
{
    return id != 0 && s->slots[slot_of(s, id)] == id;
}

void seen_add(struct seen *s, uint64_t id)
{
    uint32_t at = 0;

    if (id == 0 || s->count == LIMIT_WATCHED_IDS)
        return;
    at = slot_of(s, id);
    if (s->slots[at] == id)
        return;
    s->slots[at] = id;
    s->taken[s->count++] = (uint16_t)at;
}

void seen_clear(struct seen *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        s->slots[s->taken[i]] = 0;
    s->count = 0;
}
