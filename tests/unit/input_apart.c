/* Pieces of a file that do not know of each other, read and mapped: they are
 * what the file holds. */
#include "input/apart.h"

#include "support/pieces.h"
#include "support/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { SIZE = 2 * PIECE_REST_BYTES };

/* Pieces of SIZE bytes of what is behind START: how many were mapped. */
static size_t read_apart(const char *text, size_t len, size_t start, int flags)
{
    struct stream s = {.fd = file_of(text, len, flags)};
    struct apart a;
    size_t at = start;
    size_t mapped = 0;
    bool last = false;
    char *to = NULL;

    assert_int_equal(lseek(s.fd, (off_t)start, SEEK_SET), start);
    assert_true(apart_begin(&a, &s));
    a.size = SIZE;
    to = calloc(1, apart_room(&a));
    assert_non_null(to);
    for (uint64_t n = 0; !last; n++) {
        struct piece piece;

        assert_int_equal(apart_piece(&a, n, to, &piece, &last, NULL), GRL_OK);
        assert_true(at + piece.len <= len);
        check_piece(&piece, text, at);
        at += piece.len;
        mapped += a.maps[n % CREW_MOST_SLOTS] != NULL;
        apart_done(&a, n);
        assert_null(a.maps[n % CREW_MOST_SLOTS]);
    }
    assert_int_equal(at, len);
    apart_end(&a);
    close(s.fd);
    free(to);
    return mapped;
}

static void test_pieces_meet(void **state)
{
    enum { PAGE = 4096 };
    static const size_t lengths[] = {
        0,        1,
        SIZE - 1, SIZE,
        SIZE + 1, SIZE + PIECE_SLACK_BYTES,
        3 * SIZE, 5 * SIZE + PIECE_SLACK_BYTES - 1,
        4 * PAGE, SIZE + PIECE_REST_BYTES + 4 * PAGE,
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(lengths); i++)
        for (size_t start = 0; start < 200; start += 67) {
            size_t len = lengths[i] + start;
            char *text = make_text(len + 1, (unsigned)(i + start));

            assert_int_equal(read_apart(text, len, start, O_RDWR), 0);
            read_apart(text, len, start, O_RDONLY);
            if (i % 2 == 0)
                memset(text, 'x', len); /* no line ends where pieces meet */
            read_apart(text, len, start, O_RDONLY);
            free(text);
        }
}

/* All but the end, which may not fill a page. */
static void test_what_is_held_is_mapped(void **state)
{
    enum { PIECES = 32, MOST_AT_THE_END = 8 };
    char *text = make_text(PIECES * SIZE + 1, 1);
    struct hold hold;
    int fd = file_of(text, 1, O_RDONLY);
    bool held = hold_begin(&hold, fd);

    (void)state;
    if (held) {
        hold_end(&hold);
        assert_in_range(read_apart(text, PIECES * SIZE, 0, O_RDONLY),
                        PIECES - MOST_AT_THE_END, PIECES - 1);
        assert_in_range(read_apart(text, PIECES * SIZE, 5000, O_RDONLY),
                        PIECES - MOST_AT_THE_END, PIECES - 1);
    }
    close(fd);
    free(text);
    if (!held)
        skip();
}

/* Where a crew stops early, pieces are in use that nobody is done with. */
static void test_the_end_is_the_end_of_all_pieces(void **state)
{
    char *text = make_text(4 * SIZE + 1, 1);
    struct stream s = {.fd = file_of(text, 4 * SIZE, O_RDONLY)};
    struct apart a;
    struct piece piece;
    bool last = false;
    char *to = NULL;

    (void)state;
    assert_true(apart_begin(&a, &s));
    a.size = SIZE;
    to = malloc(apart_room(&a));
    assert_non_null(to);
    for (uint64_t n = 0; n < 2; n++)
        assert_int_equal(apart_piece(&a, n, to, &piece, &last, NULL), GRL_OK);
    apart_end(&a);
    for (size_t i = 0; i < LENGTH(a.maps); i++)
        assert_null(a.maps[i]);
    close(s.fd);
    free(to);
    free(text);
}

static void test_only_files_are_read_apart(void **state)
{
    struct stream s = {.fd = file_of("0123456789", 10, O_RDONLY)};
    struct apart a;
    char byte = '\0';
    int ends[2];

    (void)state;
    assert_int_equal(read(s.fd, &byte, 1), 1);
    s.kept = 1;
    assert_true(apart_begin(&a, &s));
    assert_int_equal(a.start, 0);
    apart_end(&a);
    close(s.fd);
    assert_int_equal(pipe(ends), 0);
    s.fd = ends[0];
    assert_false(apart_begin(&a, &s));
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_meet),
        cmocka_unit_test(test_what_is_held_is_mapped),
        cmocka_unit_test(test_the_end_is_the_end_of_all_pieces),
        cmocka_unit_test(test_only_files_are_read_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
