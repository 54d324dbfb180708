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

static uint64_t hash_of(const struct known *k, const struct raw_frame *f)
{
    struct grl_text position = raw_position(f);

    return known_hash(k->seed, raw_function(f),
                      text_sub(position, 0, text_find_byte(position, ' ')));
}

/* The first place in ROW that has F or is free, or the last. */
static size_t place_in(struct known_row *row, const struct raw_frame *f)
{
    size_t i = 0;

    while (i + 1 < KNOWN_WAYS && at(row, i) != f && at(row, i) != NULL)
        i++;
    return i;
}

/* Put those frames of row NUMBER elsewhere that belong there by MASK; the order
 * of all stays. */
static void move_row(struct known *k, size_t number, uint64_t mask)
{
    struct known_row *row = &k->rows[number];
    size_t kept = 0;

    for (size_t i = 0; i < KNOWN_WAYS && at(row, i) != NULL; i++) {
        const struct raw_frame *f = at(row, i);
        uint64_t hash = hash_of(k, f);
        struct known_row *to = &k->rows[hash & mask];

        put(row, i, NULL, 0);
        put(to, to == row ? kept++ : place_in(to, f), f, known_tag(hash));
    }
}

/* Use four times as many rows.  Who looks up meanwhile may not find what is
 * known. */
static void spread(struct known *k)
{
    uint32_t mask = known_mask(k);
    uint32_t wider = mask << 2 | 3;

    for (size_t i = 0; i <= mask; i++)
        move_row(k, i, wider);
    atomic_store_explicit(&k->more, wider, memory_order_relaxed);
}

static bool is_crowded(const struct known *k)
{
    size_t rows = (size_t)known_mask(k) + 1;

    return rows < KNOWN_ROWS && k->count >= rows * KNOWN_CROWD;
}

void known_learn(struct known *k, const struct raw_frame *f, bool again)
{
    uint64_t hash = hash_of(k, f);
    struct known_row *row = NULL;
    size_t i = 0;

    if (f->function_len > KNOWN_NAME_BYTES)
        return;
    if (is_crowded(k))
        spread(k);
    row = &k->rows[hash & known_mask(k)];
    i = place_in(row, f);
    if (!again && at(row, i) != NULL)
        return;
    k->count += at(row, i) == NULL;
    for (; i > 0; i--)
        put(row, i, at(row, i - 1),
            atomic_load_explicit(&row->tags[i - 1], memory_order_relaxed));
    put(row, 0, f, known_tag(hash));
}
