#include "parse/known.h"

#include "base/xxh.h"

known_row *known_row_of(struct known *k, struct grl_text name)
{
    return &k->rows[XXH3_64bits(name.ptr, name.len) % KNOWN_ROWS];
}

static const struct raw_frame *at(known_row *row, size_t i)
{
    return atomic_load_explicit(&(*row)[i], memory_order_relaxed);
}

static void put(known_row *row, size_t i, const struct raw_frame *f)
{
    atomic_store_explicit(&(*row)[i], f, memory_order_release);
}

void known_learn(struct known *k, const struct raw_frame *f)
{
    known_row *row = known_row_of(k, raw_function(f));
    size_t i = 0;

    if (f->function_len > KNOWN_NAME_BYTES)
        return;
    while (i + 1 < KNOWN_WAYS && at(row, i) != f)
        i++;
    for (; i > 0; i--)
        put(row, i, at(row, i - 1));
    put(row, 0, f);
}
