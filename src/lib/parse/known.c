#include "parse/known.h"

#include "base/xxh.h"

uint64_t known_hash(uint64_t seed, struct grl_text name,
                    struct grl_text position)
{
    uint64_t place = XXH3_64bits_withSeed(position.ptr, position.len, seed);

    return XXH3_64bits_withSeed(name.ptr, name.len, place);
}

static const struct raw_frame *at(struct known_row *row, size_t i)
{
    return atomic_load_explicit(&row->frames[i], memory_order_relaxed);
}

/* Between the two a reader may see the tag of one frame and the other: it looks
 * in vain, or compares in vain. */
static void put(struct known_row *row, size_t i, const struct raw_frame *f,
                uint16_t tag)
{
    atomic_store_explicit(&row->tags[i], tag, memory_order_relaxed);
    atomic_store_explicit(&row->frames[i], f, memory_order_release);
}

void known_learn(struct known *k, const struct raw_frame *f, bool again)
{
    struct grl_text position = raw_position(f);
    uint64_t hash =
        known_hash(k->seed, raw_function(f),
                   text_sub(position, 0, text_find_byte(position, ' ')));
    struct known_row *row = &k->rows[hash % KNOWN_ROWS];
    size_t i = 0;

    if (f->function_len > KNOWN_NAME_BYTES)
        return;
    while (i + 1 < KNOWN_WAYS && at(row, i) != f && at(row, i) != NULL)
        i++;
    if (!again && at(row, i) != NULL)
        return;
    for (; i > 0; i--)
        put(row, i, at(row, i - 1),
            atomic_load_explicit(&row->tags[i - 1], memory_order_relaxed));
    put(row, 0, f, known_tag(hash));
}
