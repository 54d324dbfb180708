#include "near.h"

#include <stdio.h>
#include <string.h>

enum { MOST_CHANGES = 2, MOST_LETTERS = 31 };

typedef unsigned char row[MOST_LETTERS + 1];

static unsigned char least(size_t a, size_t b)
{
    return (unsigned char)(a < b ? a : b);
}

/* Changes that make A, or its first I letters, of the first K of B: the fewest
 * of leaving one out, putting one in, another in place, and two changed. */
static unsigned char step(row *d, const char *a, size_t i, const char *b,
                          size_t k)
{
    size_t most = d[i - 1][k - 1] + (size_t)(a[i - 1] != b[k - 1]);

    most = least(most, least(d[i - 1][k], d[i][k - 1]) + 1u);
    if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        most = least(most, d[i - 2][k - 2] + 1u);
    return (unsigned char)most;
}

static size_t changes(const char *a, size_t a_len, const char *b, size_t b_len)
{
    row d[MOST_LETTERS + 1];

    for (size_t i = 0; i <= a_len; i++)
        for (size_t k = 0; k <= b_len; k++)
            d[i][k] = i == 0 || k == 0 ? (unsigned char)(i + k)
                                       : step(d, a, i, b, k);
    return d[a_len][b_len];
}

void near_try(struct near *n, const char *name)
{
    size_t len = strlen(name);
    size_t needed = 0;

    if (n->len > MOST_LETTERS || len > MOST_LETTERS)
        return;
    needed = changes(n->word, n->len, name, len);
    if (needed > MOST_CHANGES || 2 * needed > len ||
        (n->name != NULL && needed >= n->changes))
        return;
    n->name = name;
    n->changes = needed;
}

const char *near_hint(const struct near *n, const char *prefix, char *out,
                      size_t size)
{
    out[0] = '\0';
    if (n->name != NULL)
        snprintf(out, size, " (did you mean '%s%s'?)", prefix, n->name);
    return out;
}
