/* Chunks to lines: how the bytes are cut up never shows. */
#include "input/lines.h"

#include "base/limits.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

/* What came out: each line in brackets, with what was said of it. */
struct heard {
    char text[4096];
    size_t len;
    size_t lines;
    size_t longest;
    enum grl_status answer; /* of line STOP_AT */
    size_t stop_at;
};

static enum grl_status hear(void *user, struct grl_text line, bool cut,
                            bool last)
{
    struct heard *h = user;
    size_t shown = line.len < 60 ? line.len : 60;

    h->lines++;
    h->longest = line.len > h->longest ? line.len : h->longest;
    h->len += (size_t)snprintf(h->text + h->len, sizeof h->text - h->len,
                               "[%.*s%s%s]", (int)shown, line.ptr,
                               cut ? " CUT" : "", last ? " LAST" : "");
    return h->lines == h->stop_at ? h->answer : GRL_OK;
}

static enum grl_status feed_in_chunks(struct heard *h, const char *bytes,
                                      size_t len, size_t chunk)
{
    struct lines l = {.on_line = hear, .user = h};
    enum grl_status st = GRL_OK;

    for (size_t at = 0; at < len && st == GRL_OK; at += chunk)
        st = lines_feed(&l, bytes + at, len - at < chunk ? len - at : chunk);
    if (st == GRL_OK)
        st = lines_finish(&l);
    lines_free(&l);
    return st;
}

static void test_any_split_gives_the_same_lines(void **state)
{
    static const struct {
        const char *bytes;
        const char *lines;
    } rows[] = {
        {"", ""},
        {"\n", "[]"},
        {"a", "[a LAST]"},
        {"a\n", "[a]"},
        {"a\r\n\r\nb", "[a\r][\r][b LAST]"},
        {"\n\n\na", "[][][][a LAST]"},
        {"goroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d\n\n"
         "goroutine 2 [chan receive, 3 minutes]:\nmain.worker(0x1)\n",
         "[goroutine 1 [running]:][main.main()][\t/src/main.go:12 +0x1d][]"
         "[goroutine 2 [chan receive, 3 minutes]:][main.worker(0x1)]"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        for (size_t chunk = 1; chunk < 300; chunk++) {
            struct heard h = {.len = 0};

            assert_int_equal(
                feed_in_chunks(&h, rows[i].bytes, strlen(rows[i].bytes), chunk),
                GRL_OK);
            assert_string_equal(h.text, rows[i].lines);
        }
}

/* "ab\n", a line of LEN bytes, "yz" without a newline. */
static char *around_a_line_of(size_t len, size_t *total)
{
    char *bytes = malloc(len + 6);

    assert_non_null(bytes);
    memcpy(bytes, "ab\n", 3);
    memset(bytes + 3, 'x', len);
    memcpy(bytes + 3 + len, "\nyz", 3);
    *total = len + 6;
    return bytes;
}

static void check_long_line(size_t len, bool cut, size_t chunk)
{
    struct heard h = {.len = 0};
    char want[200];
    size_t total = 0;
    char *bytes = around_a_line_of(len, &total);

    snprintf(want, sizeof want, "[ab][%.60s%s][yz LAST]", bytes + 3,
             cut ? " CUT" : "");
    assert_int_equal(feed_in_chunks(&h, bytes, total, chunk), GRL_OK);
    assert_string_equal(h.text, want);
    assert_int_equal(h.longest, cut ? LIMIT_LINE_BYTES : len);
    free(bytes);
}

static void test_lines_past_the_limit_are_cut_and_told(void **state)
{
    static const size_t chunks[] = {1,
                                    299,
                                    4096,
                                    LIMIT_LINE_BYTES - 1,
                                    LIMIT_LINE_BYTES,
                                    LIMIT_LINE_BYTES + 1,
                                    3 * LIMIT_LINE_BYTES};

    (void)state;
    for (size_t i = 0; i < LENGTH(chunks); i++) {
        check_long_line(LIMIT_LINE_BYTES - 1, false, chunks[i]);
        check_long_line(LIMIT_LINE_BYTES, false, chunks[i]);
        check_long_line(LIMIT_LINE_BYTES + 1, true, chunks[i]);
        check_long_line(2 * LIMIT_LINE_BYTES + 5, true, chunks[i]);
    }
}

static void test_an_over_long_last_line_is_cut_too(void **state)
{
    struct heard h = {.len = 0};
    size_t len = LIMIT_LINE_BYTES + 100;
    char *bytes = malloc(len);

    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'x', len);
    assert_int_equal(feed_in_chunks(&h, bytes, len, 1000), GRL_OK);
    assert_int_equal(h.lines, 1);
    assert_int_equal(h.longest, LIMIT_LINE_BYTES);
    assert_non_null(strstr(h.text, " CUT LAST]"));
    free(bytes);
}

static void test_what_a_line_answers_stops_the_rest(void **state)
{
    static const char text[] = "a\nb\nc\nd";

    (void)state;
    for (size_t chunk = 1; chunk <= sizeof text; chunk++) {
        struct heard h = {.answer = GRL_ELIMIT, .stop_at = 2};

        assert_int_equal(feed_in_chunks(&h, text, sizeof text - 1, chunk),
                         GRL_ELIMIT);
        assert_string_equal(h.text, "[a][b]");
    }
}

static void test_the_last_line_may_fail_too(void **state)
{
    struct heard h = {.answer = GRL_EIO, .stop_at = 2};

    (void)state;
    assert_int_equal(feed_in_chunks(&h, "a\nb", 3, 1), GRL_EIO);
}

/* Bytes are read, never kept: the chunk may be gone once feed returns. */
static void test_chunks_are_not_kept(void **state)
{
    struct heard h = {.len = 0};
    struct lines l = {.on_line = hear, .user = &h};
    char chunk[4];

    (void)state;
    memcpy(chunk, "ab", 2);
    assert_int_equal(lines_feed(&l, chunk, 2), GRL_OK);
    memset(chunk, '?', sizeof chunk);
    assert_int_equal(lines_feed(&l, "c\n", 2), GRL_OK);
    assert_string_equal(h.text, "[abc]");
    lines_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_split_gives_the_same_lines),
        cmocka_unit_test(test_lines_past_the_limit_are_cut_and_told),
        cmocka_unit_test(test_an_over_long_last_line_is_cut_too),
        cmocka_unit_test(test_what_a_line_answers_stops_the_rest),
        cmocka_unit_test(test_the_last_line_may_fail_too),
        cmocka_unit_test(test_chunks_are_not_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
