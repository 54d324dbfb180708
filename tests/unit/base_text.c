/* Borrowed bytes, interned strings, arenas and growing arrays. */
#include "base/text.h"

#include "base/arena.h"
#include "base/grow.h"
#include "base/strings.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

static void test_find(void **state)
{
    static const struct {
        const char *text;
        const char *needle;
        size_t at;
    } rows[] = {
        {"abcabc", "abc", 0}, {"xabc", "abc", 1}, {"ababc", "abc", 2},
        {"aaab", "aab", 1},   {"abc", "abcd", 3}, {"", "a", 0},
        {"abc", "c", 2},      {"abc", "x", 3},    {"ab", "bc", 2},
        {"axcabc", "abc", 3}, {"abc", "", 3},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct grl_text t = text_of(rows[i].text);

        assert_int_equal(text_find(t, text_of(rows[i].needle)), rows[i].at);
    }
    assert_int_equal(text_find_byte(TEXT("abca"), 'a'), 0);
    assert_int_equal(text_rfind_byte(TEXT("abca"), 'a'), 3);
    assert_int_equal(text_find_byte(TEXT("abc"), 'x'), 3);
    assert_int_equal(text_rfind_byte(TEXT("abc"), 'x'), 3);
    assert_int_equal(text_find_byte((struct grl_text){NULL, 0}, 'x'), 0);
}

/* Of every length, whatever comes behind and before the end. */
static void test_numbers_of_any_length(void **state)
{
    static const char ends[] = {'\0', '/', ':', ' ', '\n', 'a', '\xb5'};
    uint64_t want = 0;

    (void)state;
    for (size_t digits = 1; digits <= 19; digits++) {
        want = want * 10 + (digits * 7) % 10;
        for (size_t e = 0; e < LENGTH(ends); e++)
            for (size_t room = digits; room < digits + 9; room++) {
                char text[40];
                struct grl_text t = {text, room};
                uint64_t n = 0;

                memset(text, ends[e], sizeof text);
                for (size_t i = 0; i < digits; i++)
                    text[i] = (char)('0' + ((i + 1) * 7) % 10);
                assert_true(text_eat_number(&t, &n));
                assert_int_equal(n, want);
                assert_int_equal(t.len, room - digits);
                assert_ptr_equal(t.ptr, text + digits);
            }
    }
}

static void test_numbers_fit_or_are_none(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        uint64_t n;
        const char *rest;
    } rows[] = {
        {"0", true, 0, ""},
        {"007x", true, 7, "x"},
        {"18446744073709551615", true, UINT64_MAX, ""},
        {"18446744073709551616", false, 5, "18446744073709551616"},
        {"99999999999999999999", false, 5, "99999999999999999999"},
        {"184467440737095516150", false, 5, "184467440737095516150"},
        {"", false, 5, ""},
        {"x1", false, 5, "x1"},
        {"-1", false, 5, "-1"},
        {" 1", false, 5, " 1"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct grl_text t = text_of(rows[i].text);
        uint64_t n = 5;

        assert_int_equal(text_eat_number(&t, &n), rows[i].ok);
        assert_true(n == rows[i].n);
        assert_text(t, rows[i].rest, rows[i].text);
    }
}

static void test_prefixes_and_suffixes(void **state)
{
    struct grl_text t = TEXT("abcab");

    (void)state;
    assert_false(text_eat(&t, TEXT("b")));
    assert_true(text_eat(&t, TEXT("ab")));
    assert_text(t, "cab", "front off");
    assert_true(text_eat_end(&t, TEXT("ab")));
    assert_text(t, "c", "end off");
    assert_false(text_eat(&t, TEXT("cc")));
    assert_true(text_eat(&t, TEXT("")));
    assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
    assert_true(text_compare(TEXT("\xff"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT(""), TEXT("")) == 0);
}

static void test_nul_bytes_are_replaced(void **state)
{
    char bytes[] = "a\0b\0\0c";

    (void)state;
    text_replace_nul(bytes, 6);
    assert_string_equal(bytes, "a?b??c");
    text_replace_nul(bytes, 0);
    text_replace_nul(NULL, 0);
}

static void test_equal_text_is_one_string(void **state)
{
    struct strings s;
    const struct string *a = NULL;

    (void)state;
    strings_init(&s);
    a = strings_intern(&s, TEXT("a"));
    assert_non_null(a);
    assert_int_equal(a->id, 1);
    assert_string_equal(a->text, "a");
    assert_null(strings_find(&s, TEXT("b")));
    assert_int_equal(strings_intern(&s, TEXT("b"))->id, 2);
    assert_int_equal(strings_intern(&s, TEXT(""))->id, 3);
    assert_ptr_equal(strings_intern(&s, TEXT("a")), a);
    assert_ptr_equal(strings_find(&s, TEXT("a")), a);
    assert_ptr_not_equal(strings_intern(&s, (struct grl_text){"a\0", 2}), a);
    strings_free(&s);
}

static void test_many_strings_keep_their_places(void **state)
{
    enum { MANY = 20000 };
    struct strings s;
    const struct string **all = calloc(MANY, sizeof *all);
    char text[32];

    (void)state;
    assert_non_null(all);
    strings_init(&s);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < MANY; i++) {
            const struct string *got = NULL;

            snprintf(text, sizeof text, "name %zu", i);
            got = strings_intern(&s, text_of(text));
            if (round == 0)
                all[i] = got;
            assert_ptr_equal(got, all[i]);
            assert_int_equal(got->id, i + 1);
            assert_string_equal(got->text, text);
        }
    assert_int_equal(s.count, MANY);
    strings_free(&s);
    free(all);
}

static void test_arenas_give_aligned_zeroed_pieces(void **state)
{
    struct arena a = {0};

    (void)state;
    for (size_t len = 0; len < 5000; len += 37) {
        unsigned char *piece = arena_take(&a, len);

        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % sizeof(void *), 0);
        for (size_t i = 0; i < len; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xff, len);
    }
    assert_non_null(arena_take(&a, 1024 * 1024)); /* larger than any block */
    assert_null(arena_take(&a, SIZE_MAX));
    assert_null(arena_take(&a, SIZE_MAX - 8));
    assert_string_equal(arena_copy(&a, TEXT("abc")), "abc");
    assert_string_equal(arena_copy(&a, (struct grl_text){NULL, 0}), "");
    arena_free(&a);
    arena_free(&a); /* an empty one */
}

static void test_arrays_grow_or_stay(void **state)
{
    uint64_t *items = NULL;
    size_t capacity = 0;

    (void)state;
    assert_true(GROW(items, capacity, 1));
    items[0] = 42;
    for (size_t need = 2; need < 1000; need++) {
        assert_true(GROW(items, capacity, need));
        assert_true(capacity >= need);
        items[need - 1] = need;
    }
    assert_int_equal(items[0], 42);
    assert_false(GROW(items, capacity, SIZE_MAX / 4));
    assert_int_equal(items[998], 999);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_numbers_fit_or_are_none),
        cmocka_unit_test(test_numbers_of_any_length),
        cmocka_unit_test(test_prefixes_and_suffixes),
        cmocka_unit_test(test_nul_bytes_are_replaced),
        cmocka_unit_test(test_equal_text_is_one_string),
        cmocka_unit_test(test_many_strings_keep_their_places),
        cmocka_unit_test(test_arenas_give_aligned_zeroed_pieces),
        cmocka_unit_test(test_arrays_grow_or_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
