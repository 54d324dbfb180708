/* Code points, what is none, and what steers a terminal. */
#include "base/utf8.h"

#include "support/unit.h"

static void test_valid_sequences_of_every_length(void **state)
{
    static const struct {
        const char *bytes;
        int32_t code;
        size_t len;
    } rows[] = {
        {"A", 'A', 1},
        {"\x7f", 0x7f, 1},
        {"\xc2\x80", 0x80, 2},
        {"\xdf\xbf", 0x7ff, 2},
        {"\xe0\xa0\x80", 0x800, 3},
        {"\xed\x9f\xbf", 0xd7ff, 3},
        {"\xee\x80\x80", 0xe000, 3},
        {"\xef\xbf\xbd", 0xfffd, 3},
        {"\xf0\x90\x80\x80", 0x10000, 4},
        {"\xf4\x8f\xbf\xbf", 0x10ffff, 4},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        size_t len = 0;
        struct grl_text t = text_of(rows[i].bytes);

        assert_int_equal(utf8_next(t, &len), rows[i].code);
        assert_int_equal(len, rows[i].len);
    }
}

static void test_what_is_no_utf8_takes_one_byte(void **state)
{
    static const char *const rows[] = {
        "\x80",             /* a byte of the middle */
        "\xbf\xbf",         /* two */
        "\xc3",             /* cut */
        "\xe4\xb8",         /* cut */
        "\xf0\x9f\x98",     /* cut */
        "\xc3\x41",         /* no middle where one must be */
        "\xe4\x41\x80",     /* no middle */
        "\xc0\x80",         /* NUL in two bytes */
        "\xc1\xbf",         /* longer than need be */
        "\xe0\x80\x80",     /* longer than need be */
        "\xe0\x9f\xbf",     /* longer than need be */
        "\xf0\x80\x80\x80", /* longer than need be */
        "\xf0\x8f\xbf\xbf", /* longer than need be */
        "\xed\xa0\x80",     /* a surrogate */
        "\xed\xbf\xbf",     /* a surrogate */
        "\xf4\x90\x80\x80", /* beyond U+10FFFF */
        "\xf5\x80\x80\x80", /* beyond U+10FFFF */
        "\xff",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        size_t len = 0;

        if (utf8_next(text_of(rows[i]), &len) != -1)
            fail_msg("row %zu is taken for UTF-8", i);
        assert_int_equal(len, 1);
    }
}

static void test_nothing_is_read_behind_the_text(void **state)
{
    size_t len = 0;

    (void)state;
    assert_int_equal(utf8_next((struct grl_text){"\xc3\xa9", 1}, &len), -1);
    assert_int_equal(utf8_next((struct grl_text){"\xe4\xb8\x96", 2}, &len), -1);
}

static void test_what_steers_is_control(void **state)
{
    static const int32_t yes[] = {
        0x00,   0x07,   0x08,   0x0a,   0x1b,   0x1f,   0x7f,   0x80,   0x9b,
        0x9f,   0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c,
        0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfffe, 0xffff,
    };
    static const int32_t no[] = {
        ' ',    '~',    0xa0,   0xe9,   0x200d, 0x2010,  0x2027,
        0x202f, 0x2065, 0x206a, 0x4e16, 0xfffd, 0x1f600,
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(yes); i++)
        if (!utf8_is_control(yes[i]))
            fail_msg("not control: U+%04X", (unsigned)yes[i]);
    for (size_t i = 0; i < LENGTH(no); i++)
        if (utf8_is_control(no[i]))
            fail_msg("control: U+%04X", (unsigned)no[i]);
}

static void test_columns_are_code_points(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns(TEXT("")), 0);
    assert_int_equal(utf8_columns(TEXT("abc")), 3);
    assert_int_equal(utf8_columns(TEXT("Gr\xc3\xb6\xc3\x9f"
                                       "e")),
                     5);
    assert_int_equal(utf8_columns(TEXT("\xe4\xb8\x96\xe7\x95\x8c")), 2);
    assert_int_equal(utf8_columns(TEXT("\xe4\xb8\x96\xe7\x95\x8c and \xe4\xb8"
                                       "\x96 and more \xc3\xa9")),
                     19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid_sequences_of_every_length),
        cmocka_unit_test(test_what_is_no_utf8_takes_one_byte),
        cmocka_unit_test(test_nothing_is_read_behind_the_text),
        cmocka_unit_test(test_what_steers_is_control),
        cmocka_unit_test(test_columns_are_code_points),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
