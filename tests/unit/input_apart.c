/* Pieces of a file that do not know of each other, read and mapped: they are
 * what the file holds. */
#include "input/apart.h"

#include "support/pieces.h"
#include "support/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { SIZE = 2 * PIECE_REST_BYTES };

/* All pieces of A, or the first MOST, which are what TEXT has from AT on: where
 * they end. */
static size_t read_pieces(struct apart *a, const char *text, size_t at,
                          size_t most)
{
    char *to = calloc(1, apart_room(a));
    bool last = false;

    assert_non_null(to);
    for (uint64_t n = 0; !last && n < most; n++) {
        const struct apart_map *m = &a->maps[n % CREW_MOST_SLOTS];
        struct piece piece;

        assert_int_equal(apart_piece(a, n, to, &piece, &last, NULL), GRL_OK);
        assert_true(a->held ? piece.len == 0 || m->at != NULL : m->at == NULL);
        check_piece(&piece, text, at);
        at += piece.len;
        apart_done(a, n);
        assert_null(m->at);
    }
    free(to);
    return at;
}

/* LEN bytes from START on in pieces of SIZE; false when they cannot be held. */
static bool read_apart(const char *text, size_t len, size_t start, bool hold)
{
    struct stream s = {.fd = file_of(text, len, O_RDONLY)};
    struct apart a;
    bool begun = false;
    size_t at = 0;

    assert_int_equal(lseek(s.fd, (off_t)start, SEEK_SET), start);
    begun = apart_begin(&a, &s, hold);
    assert_true(begun || hold);
    if (begun) {
        a.size = SIZE;
        at = read_pieces(&a, text, start, 2);
        apart_move(&a, at - start);
        assert_int_equal(read_pieces(&a, text, at, SIZE_MAX), len);
        apart_end(&a);
    }
    close(s.fd);
    return begun;
}

/* Lengths that end within a page and with it, before and behind a piece. */
static bool pieces_meet(bool hold)
{
    enum { PAGE = 4096 };
    static const size_t lengths[] = {
        0,        1,
        SIZE - 1, SIZE,
        SIZE + 1, SIZE + PIECE_SLACK_BYTES,
        3 * SIZE, 5 * SIZE + PIECE_SLACK_BYTES - 1,
        4 * PAGE, SIZE + PIECE_REST_BYTES + 4 * PAGE,
    };
    bool all = true;

    for (size_t i = 0; i < LENGTH(lengths); i++)
        for (size_t start = 0; start < 200; start += 67) {
            size_t len = lengths[i] + start;
            char *text = make_text(len + 1, (unsigned)(i + start));

            all = read_apart(text, len, start, hold) && all;
            if (i % 2 == 0)
                memset(text, 'x', len); /* no line ends where pieces meet */
            all = read_apart(text, len, start, hold) && all;
            free(text);
        }
    return all;
}

static void test_pieces_that_are_read(void **state)
{
    (void)state;
    assert_true(pieces_meet(false));
}

static void test_pieces_that_are_mapped(void **state)
{
    (void)state;
    if (!pieces_meet(true))
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
    assert_true(apart_begin(&a, &s, true) || apart_begin(&a, &s, false));
    a.size = SIZE;
    to = malloc(apart_room(&a));
    assert_non_null(to);
    for (uint64_t n = 0; n < 2; n++)
        assert_int_equal(apart_piece(&a, n, to, &piece, &last, NULL), GRL_OK);
    apart_end(&a);
    for (size_t i = 0; i < LENGTH(a.maps); i++)
        assert_null(a.maps[i].at);
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
    assert_true(apart_begin(&a, &s, false));
    assert_int_equal(a.start, 0);
    apart_end(&a);
    close(s.fd);
    assert_int_equal(pipe(ends), 0);
    s.fd = ends[0];
    assert_false(apart_begin(&a, &s, false));
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_that_are_read),
        cmocka_unit_test(test_pieces_that_are_mapped),
        cmocka_unit_test(test_the_end_is_the_end_of_all_pieces),
        cmocka_unit_test(test_only_files_are_read_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
