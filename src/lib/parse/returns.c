#include "parse/returns.h"

bool returns_begin(struct grl_text head)
{
    return text_find_byte(head, '\r') < head.len &&
           text_find_byte(head, '\n') == head.len;
}

size_t returns_convert(bool *after, const char *bytes, size_t len, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        bool ended = *after && bytes[i] == '\n';

        *after = bytes[i] == '\r';
        if (!ended)
            out[n++] = (char)(*after ? '\n' : bytes[i]);
    }
    return n;
}
