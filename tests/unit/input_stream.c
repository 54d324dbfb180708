/* Pieces of a stream: they end between goroutines, and together they are what
 * was read, whatever way it comes. */
#include "input/stream.h"

#include "support/pieces.h"
#include "support/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void test_what_comes_behind_the_last_blank_line(void **state)
{
    static const struct {
        const char *text;
        size_t rest;
    } rows[] = {
        {"", 0},      {"\n", 1},        {"a", 1},          {"\n\n", 0},
        {"a\n\n", 0}, {"a\n\nb", 1},    {"a\n\nb\nc", 3},  {"a\nb\n", 4},
        {"\n\na", 1}, {"a\n\n\nbc", 2}, {"a\r\n\r\nb", 6},
    };
    static char long_rest[2 + PIECE_REST_BYTES + 10];

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_int_equal(piece_rest(rows[i].text, strlen(rows[i].text)),
                         rows[i].rest);
    memset(long_rest, 'x', sizeof long_rest);
    memcpy(long_rest, "\n\n", 2);
    assert_int_equal(piece_rest(long_rest, PIECE_REST_BYTES),
                     PIECE_REST_BYTES - 2);
    assert_int_equal(piece_rest(long_rest, PIECE_REST_BYTES + 1),
                     PIECE_REST_BYTES + 1);
}

static void read_all(const char *text, size_t len, size_t size, bool full)
{
    struct stream s = {.fd = file_of(text, len, O_RDONLY)};
    char *to = calloc(1, size + PIECE_SLACK_BYTES);
    struct piece piece = {.len = 1};
    size_t at = 0;

    s.chunk = calloc(1, STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES);
    assert_non_null(to);
    assert_non_null(s.chunk);
    assert_int_equal(stream_look_ahead(&s, STREAM_CHUNK_BYTES, NULL), GRL_OK);
    for (; piece.len > 0; at += piece.len) {
        assert_int_equal(stream_piece(&s, to, size, full, &piece, NULL),
                         GRL_OK);
        assert_true(at + piece.len <= len);
        check_piece(&piece, text, at);
    }
    assert_int_equal(at, len);
    close(s.fd);
    free(s.chunk);
    free(to);
}

static void test_pieces_are_the_text(void **state)
{
    static const size_t lengths[] = {0,
                                     1,
                                     511,
                                     STREAM_CHUNK_BYTES - 1,
                                     STREAM_CHUNK_BYTES,
                                     STREAM_CHUNK_BYTES + 1,
                                     3 * STREAM_CHUNK_BYTES + 77};

    (void)state;
    for (size_t i = 0; i < LENGTH(lengths); i++) {
        char *text = make_text(lengths[i] + 1, (unsigned)i);

        read_all(text, lengths[i], STREAM_CHUNK_BYTES, false);
        read_all(text, lengths[i], STREAM_CHUNK_BYTES, true);
        read_all(text, lengths[i], 2 * STREAM_CHUNK_BYTES, true);
        free(text);
    }
}

static void test_what_cannot_be_read_fails_behind_the_last_piece(void **state)
{
    struct stream s = {.fd = -1};
    char *to = calloc(1, STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES);
    struct grl_error err;
    struct piece piece;

    (void)state;
    assert_non_null(to);
    memcpy(s.rest, "goroutine 1 [ru", 15);
    s.kept = 15;
    assert_int_equal(
        stream_piece(&s, to, STREAM_CHUNK_BYTES, false, &piece, &err), GRL_OK);
    check_piece(&piece, "goroutine 1 [ru", 0);
    assert_int_equal(piece.len, 15);
    assert_int_equal(
        stream_piece(&s, to, STREAM_CHUNK_BYTES, false, &piece, &err), GRL_EIO);
    free(to);
}

/* As a terminal would after one end of input. */
static void test_what_has_ended_is_not_asked_again(void **state)
{
    struct stream s = {.fd = file_of("one\n", 4, O_RDWR)};
    char *to = calloc(1, STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES);
    struct piece piece;

    (void)state;
    assert_non_null(to);
    assert_int_equal(
        stream_piece(&s, to, STREAM_CHUNK_BYTES, true, &piece, NULL), GRL_OK);
    assert_int_equal(piece.len, 4);
    assert_int_equal(write(s.fd, "two\n", 4), 4);
    assert_int_equal(lseek(s.fd, 4, SEEK_SET), 4);
    assert_int_equal(
        stream_piece(&s, to, STREAM_CHUNK_BYTES, true, &piece, NULL), GRL_OK);
    assert_int_equal(piece.len, 0);
    close(s.fd);
    free(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_comes_behind_the_last_blank_line),
        cmocka_unit_test(test_pieces_are_the_text),
        cmocka_unit_test(test_what_cannot_be_read_fails_behind_the_last_piece),
        cmocka_unit_test(test_what_has_ended_is_not_asked_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
