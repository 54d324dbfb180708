/* pprof labels as headers print them: Go 1.26 quotes all strings, 1.27 only
 * those that need it. */
#include "model/labels.h"

#include "base/limits.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

/* All pairs of LABELS as "key=value;". */
static void pairs_of(struct grl_text labels, char *out, size_t size)
{
    char space[2 * LIMIT_LABEL_BYTES];
    struct grl_text key;
    struct grl_text value;
    size_t n = 0;

    out[0] = '\0';
    while (labels_next(&labels, space, &key, &value))
        n += (size_t)snprintf(out + n, size - n, "%.*s=%.*s;", (int)key.len,
                              key.ptr, (int)value.len, value.ptr);
}

static void test_pairs_come_one_by_one(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"\"k\": \"v\"", "k=v;"},
        {"\"a\": \"1\", \"b\": \"2\"", "a=1;b=2;"},
        {"a: 1, b: 2", "a=1;b=2;"},
        {"job: nightly, \"req id\": 42", "job=nightly;req id=42;"},
        {"route: \"/a, b: c\", z: 1", "route=/a, b: c;z=1;"},
        {"\"a: b\": \"c, d\"", "a: b=c, d;"},
        {"\"tenant\": \"acme corp]}:\"", "tenant=acme corp]}:;"},
        {"k: , l: 1", "k=;l=1;"},
        {"\"\": \"\"", "=;"},
        {": v", "=v;"},
        {"k:v", "k=v;"},
        /* Damage: what can be read is, and it ends. */
        {"k", "k=;"},
        {"\"k", "k=;"},
        {"k: \"v", "k=v;"},
        {"\"k\" \"v\"", "k=;"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char got[256];

        pairs_of(text_of(rows[i][0]), got, sizeof got);
        assert_text(text_of(got), rows[i][1], rows[i][0]);
    }
}

static void test_escapes_are_decoded(void **state)
{
    static const char *const rows[][2] = {
        {"k: \"a\\\"b\\\\c\"", "k=a\"b\\c;"},
        {"k: \"a\\nb\\rc\\td\"", "k=a\nb\rc\td;"},
        {"k: \"\\x41\\xc3\\xa9\"", "k=A\xc3\xa9;"},
        {"k: \"\\u00e9\\u4e16\"", "k=\xc3\xa9\xe4\xb8\x96;"},
        {"k: \"\\U0001f600\"", "k=\xf0\x9f\x98\x80;"},
        {"\"\\u006b\": v", "k=v;"},
        /* Not escapes; NUL would end the text. */
        {"k: \"\\x4\"", "k=\\x4;"},
        {"k: \"\\xZZ\"", "k=\\xZZ;"},
        {"k: \"\\x00\"", "k=\\x00;"},
        {"k: \"\\u12\"", "k=\\u12;"},
        {"k: \"a\\", "k=a\\;"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char got[256];

        pairs_of(text_of(rows[i][0]), got, sizeof got);
        assert_text(text_of(got), rows[i][1], rows[i][0]);
    }
}

static void test_long_ones_are_cut(void **state)
{
    char labels[4 * LIMIT_LABEL_BYTES];
    char space[2 * LIMIT_LABEL_BYTES];
    struct grl_text rest = {labels, 0};
    struct grl_text key;
    struct grl_text value;

    (void)state;
    memset(labels, 'k', LIMIT_LABEL_BYTES + 1);
    memcpy(labels + LIMIT_LABEL_BYTES + 1, ": \"", 3);
    memset(labels + LIMIT_LABEL_BYTES + 4, 'v', LIMIT_LABEL_BYTES + 50);
    rest.len = (size_t)2 * LIMIT_LABEL_BYTES + 54;
    memcpy(labels + rest.len, "\", z: 1", 7);
    rest.len += 7;
    assert_true(labels_next(&rest, space, &key, &value));
    assert_int_equal(key.len, LIMIT_LABEL_BYTES);
    assert_int_equal(value.len, LIMIT_LABEL_BYTES);
    assert_int_equal(key.ptr[LIMIT_LABEL_BYTES - 1], 'k');
    assert_int_equal(value.ptr[LIMIT_LABEL_BYTES - 1], 'v');
    assert_true(labels_next(&rest, space, &key, &value));
    assert_text(key, "z", "key behind the long one");
    assert_text(value, "1", "value behind the long one");
    assert_false(labels_next(&rest, space, &key, &value));
}

static void test_a_value_is_found_by_its_key(void **state)
{
    static const char *const rows[][3] = {
        {"a: 1, b: 2", "b", "2"},
        {"a: 1, b: 2", "c", ""},
        {"a: 1, a: 2", "a", "1"},
        {"\"req id\": 42", "req id", "42"},
        {"k: \"b: 2\", b: 3", "b", "3"},
        {"", "a", ""},
        {"k: \"\\u00e9\"", "k", "\xc3\xa9"},
        {"a: ", "a", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char space[2 * LIMIT_LABEL_BYTES];

        assert_text(
            labels_value(text_of(rows[i][0]), text_of(rows[i][1]), space),
            rows[i][2], rows[i][0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs_come_one_by_one),
        cmocka_unit_test(test_escapes_are_decoded),
        cmocka_unit_test(test_long_ones_are_cut),
        cmocka_unit_test(test_a_value_is_found_by_its_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
