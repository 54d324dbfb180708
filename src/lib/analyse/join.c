#include "analyse/join.h"

#include <stdlib.h>

/* A signature, and when it shows. */
struct member {
    XXH128_hash_t family; /* of the stack without lines and closure numbers */
    size_t stack;
    size_t first_segment;
    size_t last_segment;
    bool shown;
};

static size_t segment_of(const struct series *s, size_t dump)
{
    size_t n = 0;

    while (n + 1 < s->segment_count && s->segments[n + 1] <= dump)
        n++;
    return n;
}

/* "main.f.func2.1" without its numbers. */
static void hash_function(XXH3_state_t *x, const char *function)
{
    const char *from = function;

    for (const char *p = function; *p != '\0'; p++) {
        bool numbered = byte_is_digit(*p) && p > function &&
                        (p[-1] == '.' ||
                         (p - function >= 4 && memcmp(p - 4, "func", 4) == 0));

        if (!numbered)
            continue;
        XXH3_128bits_update(x, from, (size_t)(p - from));
        while (byte_is_digit(p[1]))
            p++;
        from = p + 1;
    }
    XXH3_128bits_update(x, from, strlen(from) + 1);
}

XXH128_hash_t join_family(const struct stack *stack)
{
    XXH3_state_t x;

    XXH3_INITSTATE(&x);
    XXH3_128bits_reset(&x);
    XXH3_128bits_update(&x, stack->state->text, strlen(stack->state->text) + 1);
    for (size_t i = 0; i < stack->frame_count; i++)
        hash_function(&x, stack->frames[i]->function);
    XXH3_128bits_update(&x, stack->created_by != NULL ? "<" : "-", 1);
    if (stack->created_by != NULL)
        hash_function(&x, stack->created_by->function);
    return XXH3_128bits_digest(&x);
}

static void fill(const struct series *s, struct member *members)
{
    for (size_t row = 0; row < s->row_count; row++) {
        const struct cell *cells = s->cells + s->starts[row];
        size_t n = s->starts[row + 1] - s->starts[row];
        struct member *m = &members[row];

        *m = (struct member){.stack = row, .shown = n > 0};
        if (n == 0)
            continue;
        m->family = join_family(cells[0].tally->stack);
        m->first_segment = segment_of(s, cells[0].dump);
        m->last_segment = segment_of(s, cells[n - 1].dump);
    }
}

/* Families together, in order of appearance, then as they were numbered. */
static int compare_members(const void *pa, const void *pb)
{
    const struct member *a = pa;
    const struct member *b = pb;
    int order = XXH128_cmp(&a->family, &b->family);

    if (order != 0)
        return order;
    if (a->first_segment != b->first_segment)
        return a->first_segment < b->first_segment ? -1 : 1;
    return (a->stack > b->stack) - (a->stack < b->stack);
}

/* Members FROM .. TO - 1 are one family: each takes the row of an earlier one
 * that had gone before it came, or a new row. */
static void number_family(struct member *m, size_t from, size_t to,
                          size_t *rows, size_t *count)
{
    enum { MOST_TRIED = 64 };

    for (size_t i = from; i < to; i++) {
        size_t k = i - from > MOST_TRIED ? i - MOST_TRIED : from;

        while (k < i &&
               (!m[k].shown || m[k].last_segment >= m[i].first_segment))
            k++;
        rows[m[i].stack] = k < i ? rows[m[k].stack] : (*count)++;
        m[k].shown = m[k].shown && k == i; /* its row is taken */
    }
}

enum grl_status join_builds(const struct series *s, size_t *rows, size_t *count)
{
    struct member *members = malloc((s->row_count + 1) * sizeof *members);
    size_t n = s->row_count;

    if (members == NULL)
        return GRL_ENOMEM;
    *count = 0;
    fill(s, members);
    if (n > 0)
        qsort(members, n, sizeof *members, compare_members);
    for (size_t i = 0; i < n;) {
        size_t k = i + 1;

        while (k < n && XXH128_isEqual(members[i].family, members[k].family))
            k++;
        number_family(members, i, k, rows, count);
        i = k;
    }
    free(members);
    return GRL_OK;
}
