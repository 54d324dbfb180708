/* What a scout sees of goroutines of which it knows all, some or nothing. */
#include "parse/scout.h"

#include "support/learn.h"
#include "support/unit.h"

#include <stdlib.h>

struct fixture {
    struct learned of;
    struct fast fast;
    struct sightings seen;
};

static int set_up(void **state)
{
    struct fixture *x = calloc(1, sizeof *x);

    assert_non_null(x);
    learned_init(&x->of);
    x->fast.known = &x->of.known;
    learn(&x->of, "main.a", "/src/a.go:1");
    learn(&x->of, "main.b", "/src/b.go:2");
    learn(&x->of, "main.start", "/src/m.go:3");
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *x = *state;

    sightings_free(&x->seen);
    learned_free(&x->of);
    free(x);
    return 0;
}

#define HEADER "goroutine 7 [select]:\n"
#define A "main.a(0x1)\n\t/src/a.go:1 +0x1d\n"
#define B "main.b({0x2, 0x3})\n\t/src/b.go:2 +0x2d\n"
#define NEW "main.new(...)\n\t/src/n.go:4\n"
#define CREATOR "created by main.start in goroutine 1\n\t/src/m.go:3 +0x3\n"
#define NEWER "created by main.never in goroutine 1\n\t/src/o.go:5 +0x3\n"

/* Each sighting by how many frames it has: "h2." is a header, two frames and
 * all of the goroutine; "1c." has none, one frame, a creator and the end. */
static void tell(const struct sightings *s, char *out)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct fast_stack *k = &s->list[i].stack;

        if (s->list[i].header_len > 0)
            *out++ = 'h';
        *out++ = (char)('0' + k->frame_count);
        if (k->creator != NULL)
            *out++ = 'c';
        if (k->complete)
            *out++ = '.';
        *out++ = ' ';
    }
    *out = '\0';
}

static void test_what_is_seen(void **state)
{
    static const struct {
        const char *text;
        const char *seen; /* as tell() */
    } rows[] = {
        {HEADER A B CREATOR "\n", "h2c. "},
        {HEADER A B "\n" HEADER B CREATOR "\n", "h2. h1c. "},
        /* a frame that is not known: at the top, in the middle, at the end */
        {HEADER NEW A CREATOR "\n", "h0 1c. "},
        {HEADER A NEW B CREATOR "\n", "h1 1c. "},
        {HEADER A B NEW "\n" HEADER A "\n", "h2 h1. "},
        /* two of them, side by side and apart */
        {HEADER A NEW NEW B "\n", "h1 1. "},
        {HEADER NEW A NEW B CREATOR "\n", "h0 1 1c. "},
        /* the creator, with nothing behind it but the end */
        {HEADER A NEWER "\n" HEADER A "\n", "h1 h1. "},
        /* no frame at all behind the header: what follows is not of it */
        {HEADER "\n" HEADER A "\n", "h0 h1. "},
        {HEADER "what is this\nno position\n" A "\n" HEADER A "\n", "h0 h1. "},
        {HEADER A "[...]\n\tnot a frame of mine\n" B "\n", "h1 1. "},
        /* cut off */
        {HEADER A "main.new(...)\n\t/src/n.g", "h1 "},
        {HEADER A "main.ne", "h1 "},
        {HEADER A NEW, "h1 "},
    };
    struct fixture *x = *state;

    for (size_t i = 0; i < LENGTH(rows); i++) {
        enum { PAD = 256 };
        char told[200];
        size_t lead = strlen("\n\n");
        size_t len = strlen(rows[i].text);
        char *bytes = calloc(1, lead + len + PAD);
        struct piece p = {bytes, lead + len, PAD};

        assert_non_null(bytes);
        memcpy(bytes, "\n\n", lead);
        memcpy(bytes + lead, rows[i].text, len);
        scout(&x->fast, &p, &x->seen);
        tell(&x->seen, told);
        assert_text(text_of(told), rows[i].seen, rows[i].text);
        p = (struct piece){bytes + lead, len, PAD};
        scout(&x->fast, &p, &x->seen);
        tell(&x->seen, told);
        assert_text(text_of(told), rows[i].seen, rows[i].text);
        scout_near(&x->fast, &p, 1, &x->seen);
        tell(&x->seen, told);
        assert_true(strncmp(told, rows[i].seen, strlen(told)) == 0);
        assert_true(x->seen.count > 0);
        free(bytes);
    }
}

/* The frame before what is seen without a header is told by its hash. */
static void test_the_unknown_frame_is_told(void **state)
{
    struct fixture *x = *state;
    char bytes[512] = "\n\n" HEADER A NEW B "\n";
    struct piece p = {bytes, strlen(bytes), sizeof bytes - strlen(bytes)};

    scout(&x->fast, &p, &x->seen);
    assert_int_equal(x->seen.count, 2);
    assert_int_equal(x->seen.list[1].header_len, 0);
    assert_int_equal(
        x->seen.list[1].unknown,
        known_hash(x->of.known.seed, TEXT("main.new"), TEXT("/src/n.go:4")));
    assert_memory_equal(x->seen.list[1].bytes, "main.b(", 7);
}

/* Nothing is read that is before it. */
static void test_a_piece_begins_with_a_header_that_is_none(void **state)
{
    static const char text[] = "goroutine 1 [run\n\n" HEADER A "\n";
    struct fixture *x = *state;
    size_t len = sizeof text - 1;
    char *bytes = malloc(len);
    struct piece p = {bytes, len, 0};
    char told[200];

    assert_non_null(bytes);
    memcpy(bytes, text, len);
    scout(&x->fast, &p, &x->seen);
    tell(&x->seen, told);
    assert_text(text_of(told), "h0 ", text);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_unknown_frame_is_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_piece_begins_with_a_header_that_is_none, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
