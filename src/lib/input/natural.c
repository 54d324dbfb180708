#include "input/natural.h"

#include "base/text.h"

/* Where the digits at P end. */
static const char *digits_end(const char *p)
{
    while (byte_is_digit(*p))
        p++;
    return p;
}

static const char *skip_zeros(const char *p)
{
    while (p[0] == '0' && byte_is_digit(p[1]))
        p++;
    return p;
}

/* Both are at a digit: compare the numbers and step behind them. */
static int compare_numbers(const char **a, const char **b)
{
    const char *x = skip_zeros(*a);
    const char *y = skip_zeros(*b);
    size_t xs = (size_t)(digits_end(x) - x);
    size_t ys = (size_t)(digits_end(y) - y);

    *a = digits_end(*a);
    *b = digits_end(*b);
    if (xs != ys)
        return xs < ys ? -1 : 1;
    return memcmp(x, y, xs);
}

int natural_compare(const char *a, const char *b)
{
    const char *x = a;
    const char *y = b;

    while (*x != '\0' && *y != '\0') {
        if (byte_is_digit(*x) && byte_is_digit(*y)) {
            int order = compare_numbers(&x, &y);

            if (order != 0)
                return order;
        } else if (*x != *y) {
            break;
        } else {
            x++;
            y++;
        }
    }
    if (*x == *y)
        return strcmp(a, b);
    return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
}
