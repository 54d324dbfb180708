#include "parse/known.h"

#include "base/xxh.h"

/* The end tells positions in one function apart: it is the line. */
static uint64_t end_of(struct grl_text position)
{
    uint64_t end = 0;
    size_t n = position.len < sizeof end ? position.len : sizeof end;

    memcpy(&end, position.ptr + position.len - n, n);
    return end;
}

known_row *known_row_of(struct known *k, struct grl_text name,
                        struct grl_text position)
{
    uint64_t hash = XXH3_64bits_withSeed(name.ptr, name.len, end_of(position));

    return &k->rows[hash % KNOWN_ROWS];
}

static const struct raw_frame *at(known_row *row, size_t i)
{
    return atomic_load_explicit(&(*row)[i], memory_order_relaxed);
}

static void put(known_row *row, size_t i, const struct raw_frame *f)
{
    atomic_store_explicit(&(*row)[i], f, memory_order_release);
}

void known_learn(struct known *k, const struct raw_frame *f, bool again)
{
    struct grl_text position = raw_position(f);
    size_t blank = text_find_byte(position, ' ');
    known_row *row = known_row_of(k, raw_function(f),
                                  text_sub(position, 0, blank));
    size_t i = 0;

    if (f->function_len > KNOWN_NAME_BYTES)
        return;
    while (i + 1 < KNOWN_WAYS && at(row, i) != f && at(row, i) != NULL)
        i++;
    if (!again && at(row, i) != NULL)
        return;
    for (; i > 0; i--)
        put(row, i, at(row, i - 1));
    put(row, 0, f);
}
