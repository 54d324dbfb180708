#include "support/pieces.h"

#include "support/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *make_text(size_t len, unsigned seed)
{
    char *text = malloc(len);

    assert_non_null(text);
    for (size_t i = 0; i < len; i++) {
        seed = seed * 1103515245u + 12345u;
        text[i] = (seed >> 16) % 40 == 0 ? '\n' : (char)('a' + i % 26);
        if (i > 0 && text[i - 1] == '\n' && (seed >> 16) % 7 == 0)
            text[i] = '\n';
    }
    return text;
}

int file_of(const char *text, size_t len, int flags)
{
    char path[] = "/tmp/goroleak-test-XXXXXX";
    int made = mkstemp(path);
    int fd = -1;

    assert_true(made >= 0);
    assert_int_equal(write(made, text, len), len);
    assert_int_equal(close(made), 0);
    fd = open(path, flags | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(unlink(path), 0);
    return fd;
}

void check_piece(const struct piece *piece, const char *text, size_t at)
{
    assert_memory_equal(piece->bytes, text + at, piece->len);
    if (piece->slack == 0)
        return;
    assert_int_equal(piece->slack, PIECE_SLACK_BYTES);
    assert_true(piece->len >= 2);
    assert_memory_equal(piece->bytes + piece->len - 2, "\n\n", 2);
}
