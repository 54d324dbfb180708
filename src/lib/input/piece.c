#include "input/piece.h"

size_t piece_rest(const char *bytes, size_t len)
{
    size_t most = len < PIECE_REST_BYTES ? len : PIECE_REST_BYTES;

    for (size_t rest = 0; rest + 1 < most; rest++)
        if (bytes[len - rest - 1] == '\n' && bytes[len - rest - 2] == '\n')
            return rest;
    return len;
}
