/* Files of one moment that differ in what they are of. */
#include "input/moment.h"

#include "support/unit.h"

static bool same(const char *a, const char *b)
{
    char x[64];
    char y[64];
    size_t m = moment_name(text_of(a), x);
    size_t n = moment_name(text_of(b), y);

    assert_true(m <= strlen(a) && n <= strlen(b));
    return text_equal((struct grl_text){x, m}, (struct grl_text){y, n});
}

static void says_what_belongs_together(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {
        {"t/01_heap1.txt", "t/01_debug2.txt", true},
        {"01_goroutine.txt.gz", "01_heap.txt", true},
        {"goroutine-20260101T100000Z.txt", "heap-20260101T100000Z.txt", true},
        {"a/goroutine.txt", "a/heap.txt", true},
        {"goroutine.txt", "goroutine.txt", true},
        {"", "", true},
        {"a/goroutine.txt", "b/heap.txt", false},
        {"a/goroutine.txt", "heap.txt", false},
        {"01_heap1.txt", "02_debug2.txt", false},
        {"01_heap.txt", "01_02_goroutine.txt", false},
        {"x.tar:01_heap.txt", "x.tar:01_goroutine.txt", true},
        {"heap01.txt", "goroutine01.txt", false}, /* one word each */
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_int_equal(same(pairs[i].a, pairs[i].b), pairs[i].same);
        assert_int_equal(same(pairs[i].b, pairs[i].a), pairs[i].same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_belongs_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
