/* Pieces of a stream: they end between goroutines, and together they are what
 * was read, whatever way it comes. */
#include "input/stream.h"

#include "support/unit.h"

#include <stdio.h>
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

/* LEN bytes of lines of which some are blank, another text by SEED. */
static char *make_text(size_t len, unsigned seed)
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

static int file_of(const char *text, size_t len)
{
    FILE *f = tmpfile();
    int fd = -1;

    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, len, f), len);
    assert_int_equal(fflush(f), 0);
    fd = dup(fileno(f));
    fclose(f);
    assert_true(fd >= 0);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* PIECE is what TEXT has at AT, with others behind. */
static void check_piece(const struct piece *piece, const char *text, size_t at)
{
    assert_memory_equal(piece->bytes, text + at, piece->len);
    if (piece->slack == 0)
        return;
    assert_int_equal(piece->slack, PIECE_SLACK_BYTES);
    assert_true(piece->len >= 2);
    assert_memory_equal(piece->bytes + piece->len - 2, "\n\n", 2);
}

static void read_all(const char *text, size_t len, size_t size, bool full)
{
    struct stream s = {.fd = file_of(text, len)};
    char *to = calloc(1, size + PIECE_SLACK_BYTES);
    struct piece piece = {.len = 1};
    size_t at = 0;

    s.chunk = calloc(1, STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES);
    assert_non_null(to);
    assert_non_null(s.chunk);
    assert_int_equal(stream_look_ahead(&s, NULL), GRL_OK);
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

/* By pieces of SIZE bytes that do not know of each other. */
static void read_apart(const char *text, size_t len, size_t start, size_t size)
{
    struct stream s = {.fd = file_of(text, len)};
    char *to = calloc(1, size + STREAM_APART_BYTES);
    struct piece piece;
    size_t at = start;
    bool last = false;

    assert_non_null(to);
    for (uint64_t n = 0; !last; n++) {
        assert_int_equal(stream_piece_apart(&s, (int64_t)start, n, to, size,
                                            &piece, &last, NULL),
                         GRL_OK);
        assert_true(at + piece.len <= len);
        check_piece(&piece, text, at);
        at += piece.len;
    }
    assert_int_equal(at, len);
    close(s.fd);
    free(to);
}

static void test_pieces_apart_meet(void **state)
{
    enum { SIZE = 2 * PIECE_REST_BYTES };
    static const size_t lengths[] = {
        0,        1,
        SIZE - 1, SIZE,
        SIZE + 1, SIZE + PIECE_SLACK_BYTES,
        3 * SIZE, 5 * SIZE + PIECE_SLACK_BYTES - 1,
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(lengths); i++)
        for (size_t start = 0; start < 200; start += 67) {
            size_t len = lengths[i] + start;
            char *text = make_text(len + 1, (unsigned)(i + start));

            read_apart(text, len, start, SIZE);
            if (i % 2 == 0)
                memset(text, 'x', len); /* no line ends where pieces meet */
            read_apart(text, len, start, SIZE);
            free(text);
        }
}

static void test_only_files_are_read_apart(void **state)
{
    struct stream s = {.fd = file_of("0123456789", 10)};
    char byte = '\0';
    int ends[2];

    (void)state;
    assert_int_equal(read(s.fd, &byte, 1), 1);
    assert_int_equal(stream_place(&s), 1);
    s.kept = 1;
    assert_int_equal(stream_place(&s), 0);
    close(s.fd);
    assert_int_equal(pipe(ends), 0);
    s.fd = ends[0];
    assert_int_equal(stream_place(&s), -1);
    close(ends[0]);
    close(ends[1]);
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
    struct stream s = {.fd = file_of("one\n", 4)};
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
        cmocka_unit_test(test_pieces_apart_meet),
        cmocka_unit_test(test_only_files_are_read_apart),
        cmocka_unit_test(test_what_cannot_be_read_fails_behind_the_last_piece),
        cmocka_unit_test(test_what_has_ended_is_not_asked_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
