/* Where results go, and what becomes of what must not reach a terminal. */
#include "base/sink.h"

#include "support/unit.h"

#include <errno.h>
#include <stdlib.h>

/* Takes what is written; fails on write number FAIL_AT. */
struct taker {
    char bytes[3 * SINK_BYTES];
    size_t len;
    size_t writes;
    size_t fail_at;
    int sys;
};

static bool take(void *user, const char *bytes, size_t len)
{
    struct taker *t = user;

    if (++t->writes == t->fail_at) {
        errno = t->sys;
        return false;
    }
    assert_true(len > 0 && t->len + len <= sizeof t->bytes);
    memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
    return true;
}

static struct taker taker;
static struct sink sink;

static int set_up(void **state)
{
    (void)state;
    memset(&taker, 0, sizeof taker);
    memset(&sink, 0xa5, sizeof sink);
    sink_init(&sink, take, &taker);
    return 0;
}

static void finish_with(const char *want)
{
    assert_int_equal(sink_finish(&sink, NULL), GRL_OK);
    assert_text((struct grl_text){taker.bytes, taker.len}, want, "written");
}

static void test_everything_arrives_in_order(void **state)
{
    (void)state;
    sink_puts(&sink, "a");
    sink_text(&sink, TEXT("bc"));
    sink_printf(&sink, "%d-%s", 7, "x");
    sink_spaces(&sink, 3);
    sink_text(&sink, TEXT(""));
    sink_number(&sink, 0);
    sink_number(&sink, UINT64_MAX);
    sink_spaces(&sink, 33);
    sink_puts(&sink, "|");
    finish_with("abc7-x   018446744073709551615"
                "                                 |");
}

static void test_nothing_is_written_of_nothing(void **state)
{
    (void)state;
    assert_int_equal(sink_finish(&sink, NULL), GRL_OK);
    assert_int_equal(taker.writes, 0);
}

static void test_more_than_the_buffer_goes_out_in_pieces(void **state)
{
    size_t len = (size_t)2 * SINK_BYTES + 77;
    char *bytes = malloc(len);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)('a' + i % 26);
    sink_puts(&sink, "head");
    sink_text(&sink, (struct grl_text){bytes, len});
    assert_int_equal(sink_finish(&sink, NULL), GRL_OK);
    assert_int_equal(taker.len, len + 4);
    assert_memory_equal(taker.bytes, "head", 4);
    assert_memory_equal(taker.bytes + 4, bytes, len);
    free(bytes);
}

static void test_text_from_dumps_cannot_steer(void **state)
{
    static const char *const rows[][2] = {
        {"plain text!", "plain text!"},
        {"Gr\xc3\xb6\xc3\x9f"
         "e \xe4\xb8\x96",
         "Gr\xc3\xb6\xc3\x9f"
         "e \xe4\xb8\x96"},
        {"\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"},
        {"\x1b]0;title\x07", "\\x1b]0;title\\x07"},
        {"a\nb\rc\td", "a\\x0ab\\x0dc\\x09d"},
        {"\b\x7f", "\\x08\\x7f"},
        {"\xc2\x9b"
         "31m",
         "\\xc2\\x9b31m"}, /* CSI in one code point */
        {"\xe2\x80\xae"
         "evil",
         "\\xe2\\x80\\xae"
         "evil"}, /* right-to-left override */
        {"\xe2\x81\xa6x\xe2\x81\xa9", "\\xe2\\x81\\xa6x\\xe2\\x81\\xa9"},
        {"\xe2\x80\xa8", "\\xe2\\x80\\xa8"}, /* line separator */
        {"\xff\xc3", "\\xff\\xc3"},          /* no UTF-8 */
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"}, /* a surrogate */
        {"\\x1b", "\\x1b"},                  /* typed, not a control */
    };

    for (size_t i = 0; i < LENGTH(rows); i++) {
        set_up(state);
        sink_safe(&sink, text_of(rows[i][0]));
        finish_with(rows[i][1]);
    }
}

static void test_nul_bytes_are_shown_too(void **state)
{
    (void)state;
    sink_safe(&sink, (struct grl_text){"a\0b", 3});
    finish_with("a\\x00b");
}

static void test_a_failed_write_is_remembered(void **state)
{
    struct grl_error err;

    (void)state;
    memset(&err, 0xff, sizeof err);
    taker.fail_at = 1;
    taker.sys = ENOSPC;
    for (size_t i = 0; i < 3 * SINK_BYTES; i++)
        sink_puts(&sink, "x");
    errno = 0;
    assert_int_equal(sink_finish(&sink, &err), GRL_EIO);
    assert_int_equal(taker.writes, 1); /* and nothing tried after it */
    assert_int_equal(err.code, GRL_EIO);
    assert_int_equal(err.sys, ENOSPC);
    assert_non_null(err.what);
    assert_string_equal(err.detail, "");
}

static void test_the_last_write_may_fail_too(void **state)
{
    struct grl_error err;

    (void)state;
    taker.fail_at = 1;
    taker.sys = EPIPE;
    sink_puts(&sink, "x");
    assert_int_equal(taker.writes, 0);
    assert_int_equal(sink_finish(&sink, &err), GRL_EIO);
    assert_int_equal(err.sys, EPIPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_everything_arrives_in_order, set_up),
        cmocka_unit_test_setup(test_nothing_is_written_of_nothing, set_up),
        cmocka_unit_test_setup(test_more_than_the_buffer_goes_out_in_pieces,
                               set_up),
        cmocka_unit_test_setup(test_text_from_dumps_cannot_steer, set_up),
        cmocka_unit_test_setup(test_nul_bytes_are_shown_too, set_up),
        cmocka_unit_test_setup(test_a_failed_write_is_remembered, set_up),
        cmocka_unit_test_setup(test_the_last_write_may_fail_too, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
