#include "parse/arguments.h"

#include <stdbool.h>
#include <stddef.h>

/* 1 for bytes of argument lists. */
static const unsigned char is_argument[256] = {
    ['0'] = 1,  ['1'] = 1,  ['2'] = 1,
    ['3'] = 1,  ['4'] = 1,  ['5'] = 1,
    ['6'] = 1,  ['7'] = 1,  ['8'] = 1,
    ['9'] = 1,  ['a'] = 1,  ['b'] = 1,
    ['c'] = 1,  ['d'] = 1,  ['e'] = 1,
    ['f'] = 1,  ['x'] = 1,  ['?'] = 1,
    ['_'] = 1,  ['.'] = 1,  [','] = 1,
    ['{'] = 1,  ['}'] = 1,  [' '] = 1,
    ['\0'] = 1, [0xe2] = 1, /* the ellipsis in UTF-8 */[0x80] = 1,
    [0xa6] = 1,
};

static bool all_four(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return is_argument[u[0]] & is_argument[u[1]] & is_argument[u[2]] &
           is_argument[u[3]];
}

const char *arguments_end(const char *p, const char *end)
{
    while (end - p >= 4 && all_four(p))
        p += 4;
    while (p < end && is_argument[(unsigned char)*p])
        p++;
    return p;
}

const char *arguments_begin(const char *p, const char *begin)
{
    while (p > begin && is_argument[(unsigned char)p[-1]])
        p--;
    return p > begin ? p - 1 : NULL;
}
