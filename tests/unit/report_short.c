/* Import paths made short: never two packages that look the same. */
#include "report/short.h"

#include "support/unit.h"

enum { MOST = 8 };

struct row {
    const char *functions[MOST]; /* of one report; NULL ends them */
    const char *names[MOST];     /* how each is printed */
};

static const struct row rows[] = {
    /* one package of a name: its last element is enough */
    {{"github.com/acme/shop/cart.(*Cart).Add", "main.main"},
     {"cart.(*Cart).Add", "main.main"}},
    {{"github.com/acme/shop/cart.F", "github.com/acme/shop/cart.G"},
     {"cart.F", "cart.G"}},
    /* two: as much as tells them apart */
    {{"github.com/acme/shop/cart.F", "github.com/acme/golf/cart.F"},
     {"shop/cart.F", "golf/cart.F"}},
    {{"a.com/x/y/z.F", "b.com/x/y/z.F"}, {"a.com/x/y/z.F", "b.com/x/y/z.F"}},
    {{"a.com/x/z.F", "b.com/y/z.F", "c.com/y/z.F"},
     {"x/z.F", "b.com/y/z.F", "c.com/y/z.F"}},
    /* one path is the end of the other */
    {{"acme/cart.F", "github.com/acme/cart.F"},
     {"acme/cart.F", "github.com/acme/cart.F"}},
    /* "v2" says nothing without the element before it */
    {{"github.com/acme/shop/v2.F"}, {"shop/v2.F"}},
    {{"github.com/acme/shop/v2.F", "github.com/acme/golf/v2.F"},
     {"shop/v2.F", "golf/v2.F"}},
    {{"github.com/acme/shop/v2.F", "github.com/acme/shop.F"},
     {"shop/v2.F", "shop.F"}},
    {{"github.com/acme/vx.F", "github.com/acme/v.F"}, {"vx.F", "v.F"}},
    {{"v2.F", "x/v2.F"}, {"v2.F", "x/v2.F"}},
    /* the standard library is never cut, and nobody looks like it */
    {{"net/http.(*conn).serve", "internal/poll.(*FD).Read"},
     {"net/http.(*conn).serve", "internal/poll.(*FD).Read"}},
    {{"time.Sleep", "github.com/acme/time.Sleep"},
     {"time.Sleep", "acme/time.Sleep"}},
    {{"net/http.Get", "github.com/acme/http.Get"},
     {"net/http.Get", "acme/http.Get"}},
    /* names that hold dots, slashes and brackets themselves */
    {{"github.com/a/b.G[...].func1", "github.com/a/b.(*T[...]).M"},
     {"b.G[...].func1", "b.(*T[...]).M"}},
    {{"dotted.example/lib.Wait"}, {"lib.Wait"}},
    /* no package at all */
    {{"panic", "c_main_loop", ""}, {"panic", "c_main_loop", ""}},
};

static size_t count_of(const struct row *r)
{
    size_t n = 0;

    while (n < MOST && r->functions[n] != NULL)
        n++;
    return n;
}

static void check(const struct row *r)
{
    struct shortener s = {.seed = 7};
    struct grl_frame frames[MOST];
    size_t n = count_of(r);

    for (size_t i = 0; i < n; i++) {
        struct grl_text name = text_of(r->functions[i]);

        frames[i] = (struct grl_frame){
            .function = r->functions[i],
            .file = "",
            .stdlib = text_starts(name, TEXT("net/")) ||
                      text_starts(name, TEXT("time.")) ||
                      text_starts(name, TEXT("internal/")),
        };
        assert_true(short_note(&s, &frames[i]));
    }
    for (size_t i = 0; i < n; i++)
        assert_text(short_name(&s, &frames[i]), r->names[i], r->functions[i]);
    short_free(&s);
}

static void test_names_are_short_and_never_ambiguous(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        check(&rows[i]);
}

static void test_nothing_is_noted_of_no_frame(void **state)
{
    struct shortener s = {.seed = 7};

    (void)state;
    assert_true(short_note(&s, NULL));
    short_free(&s);
}

static void test_noting_twice_is_noting_once(void **state)
{
    static const struct grl_frame f = {.function = "a.com/x/y.F", .file = ""};
    struct shortener s = {.seed = 7};

    (void)state;
    assert_true(short_note(&s, &f));
    assert_true(short_note(&s, &f));
    assert_text(short_name(&s, &f), "y.F", f.function);
    short_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_short_and_never_ambiguous),
        cmocka_unit_test(test_nothing_is_noted_of_no_frame),
        cmocka_unit_test(test_noting_twice_is_noting_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
