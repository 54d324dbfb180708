/* The fast path: what it takes, what it leaves alone, and that the plain and
 * the wide one agree. */
#include "base/limits.h"
#include "parse/fast.h"
#include "support/learn.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAD = 256, ROOM = 64 }; /* wide reads want bytes behind the text */

static const char *const functions[] = {
    "main.f",
    "main.(*Server).Serve.func1",
    "github.com/acme/gateway/internal/settlement.(*Queue[...]).Subscribe",
    ("example.com/a-very-long-path-of-packages/that/needs/more/than/one/hundred"
     "/and/twenty/eight/bytes/to/be/compared/with/what/stands/there.(*T).M"),
    "net/http.(*conn).serve",
};
static const char *const positions[] = {
    "/src/main.go:9",
    "/src/server.go:1204",
    "/go/pkg/mod/github.com/acme/gateway@v1.2.3/internal/settlement/queue.go:7",
    ("/home/somebody/with/a/long/name/go/pkg/mod/example.com/"
     "a-very-long-path-of"
     "-packages/that/needs/more/than/one/hundred/and/twenty/eight/bytes.go:77"),
    "/usr/local/go/src/net/http/server.go:2109",
};

struct fixture {
    struct learned of;
    struct fast fast;
    struct fast other; /* with a trace of its own */
};

static int set_up(void **state)
{
    struct fixture *x = calloc(1, sizeof *x);

    assert_non_null(x);
    learned_init(&x->of);
    x->fast.known = &x->of.known;
    x->other.known = &x->of.known;
    for (size_t i = 0; i < LENGTH(functions); i++)
        learn(&x->of, functions[i], positions[i]);
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *x = *state;

    learned_free(&x->of);
    free(x);
    return 0;
}

typedef void reader(struct fast *f, const char *bytes, const char *end,
                    struct fast_stack *out);

/* What READ makes of LEN bytes at TEXT, behind which PAD more may be read. */
static struct fast_stack read_with(reader *read, struct fast *f,
                                   const char *text, size_t len,
                                   const struct grl_frame **frames)
{
    struct fast_stack s = {.frames = frames, .room = ROOM};

    s.at = fast_begin(f, TEXT("select"));
    read(f, text, text + len, &s);
    return s;
}

static void check_both(struct fixture *x, const char *text, size_t len,
                       struct fast_stack *out)
{
    const struct grl_frame *plain[ROOM] = {NULL};
    const struct grl_frame *wide[ROOM] = {NULL};
    struct fast_stack w;

    *out = read_with(fast_read_plain, &x->fast, text, len, plain);
    if (!fast_has_avx2())
        return;
    w = read_with(fast_read_avx2, &x->other, text, len, wide);
    if (w.len != out->len || w.frame_count != out->frame_count ||
        w.creator != out->creator || w.parent != out->parent ||
        w.complete != out->complete || w.lines != out->lines ||
        w.at.path != out->at.path || memcmp(plain, wide, sizeof wide) != 0)
        fail_msg("plain took %zu bytes, wide %zu, of:\n%.400s", out->len, w.len,
                 text);
}

/* TEXT, with something behind it. */
static struct fast_stack take(struct fixture *x, const char *text)
{
    char *padded = calloc(1, strlen(text) + PAD);
    struct fast_stack s;

    assert_non_null(padded);
    memcpy(padded, text, strlen(text));
    check_both(x, padded, strlen(text) + PAD, &s);
    check_both(x, padded, strlen(text) + PAD, &s); /* with a guess now */
    free(padded);
    return s;
}

static void test_what_is_taken(void **state)
{
    static const struct {
        const char *text;
        size_t frames;
        size_t lines;
        bool complete;
    } rows[] = {
        {"main.f(0x1)\n\t/src/main.go:9 +0x1d\n\n", 1, 3, true},
        {"main.f(...)\n\t/src/main.go:9\n\n", 1, 3, true},
        {"main.f()\n\t/src/main.go:9\nmain.f()\n\t/src/main.go:9\n", 2, 4,
         false},
        {"main.f({0xc0, 0x1?}, _)\n\t/src/main.go:9 +0x1d\n"
         "created by main.f in goroutine 77\n\t/src/main.go:9 +0x3\n\n",
         1, 5, true},
        {"main.f()\n\t/src/main.go:9\ncreated by main.f\n\t/src/main.go:9\nx",
         1, 4, false},
        /* another line, function, word, or form of either line */
        {"main.f()\n\t/src/main.go:90 +0x1\n\n", 0, 0, false},
        {"main.f()\n\t/src/main.go:8 +0x1\n\n", 0, 0, false},
        {"main.g()\n\t/src/main.go:9 +0x1\n\n", 0, 0, false},
        {"main.f2()\n\t/src/main.go:9 +0x1\n\n", 0, 0, false},
        {"main.f(ptr)\n\t/src/main.go:9 +0x1\n\n", 0, 0, false},
        {"main.f() \n\t/src/main.go:9 +0x1\n\n", 0, 0, false},
        {"main.f()\r\n\t/src/main.go:9 +0x1\n\n", 0, 0, false},
        {"main.f()\n /src/main.go:9 +0x1\n\n", 0, 0, false},
        {"main.f()\n\t/src/main.go:9 +0x\n\n", 0, 0, false},
        {"main.f()\n\t/src/main.go:9 +0x1g\n\n", 0, 0, false},
        {"main.f()\n\t/src/main.go:9 +0x12345678901234567\n\n", 0, 0, false},
        {"main.f()\n\t/src/main.go:9 +0x1 fp=0x2\n\n", 0, 0, false},
        {"\n", 0, 0, false},
        {"", 0, 0, false},
        /* creators that are none */
        {"main.f()\n\t/src/main.go:9\ncreated by main.f in goroutine\n"
         "\t/src/main.go:9\n\n",
         1, 2, false},
        {"main.f()\n\t/src/main.go:9\ncreated by main.f in goroutine 7x\n"
         "\t/src/main.go:9\n\n",
         1, 2, false},
    };

    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct fast_stack s = take(*state, rows[i].text);

        if (s.frame_count != rows[i].frames || s.lines != rows[i].lines ||
            s.complete != rows[i].complete)
            fail_msg("%zu frames, %zu lines, complete %d: %s", s.frame_count,
                     s.lines, s.complete, rows[i].text);
    }
}

static void test_the_creator_and_its_parent(void **state)
{
    struct fast_stack s = take(*state, "main.f()\n\t/src/main.go:9\n"
                                       "created by net/http.(*conn).serve in "
                                       "goroutine 4294967296\n\t/usr/local/go/"
                                       "src/net/http/server.go:2109 +0xa\n\n");

    assert_non_null(s.creator);
    assert_string_equal(s.creator->pub->function, "net/http.(*conn).serve");
    assert_int_equal(s.parent, 4294967296);
    assert_true(s.complete);
}

static void test_no_more_frames_than_there_is_room_for(void **state)
{
    struct fixture *x = *state;
    const char one[] = "main.f()\n\t/src/main.go:9 +0x1\n";
    char text[100 * sizeof one + PAD] = "";
    struct fast_stack s;

    for (size_t i = 0; i < 100; i++)
        memcpy(text + i * (sizeof one - 1), one, sizeof one);
    check_both(x, text, sizeof text, &s);
    assert_int_equal(s.frame_count, ROOM);
    assert_int_equal(s.len, ROOM * (sizeof one - 1));
}

/* ------------------------------------------------- plain and wide, at random
 */

static uint64_t random_of(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* As long as argument lists get, of whatever bytes those are made. */
static size_t put_arguments(char *at, uint64_t *seed)
{
    static const char bytes[] = "0123456789abcdefx?_.,{} \xe2\x80\xa6";
    size_t n = random_of(seed) % 200;

    for (size_t i = 0; i < n; i++)
        at[i] = bytes[random_of(seed) % (sizeof bytes - 1)];
    return n;
}

static size_t put_frame(char *at, uint64_t *seed)
{
    size_t i = random_of(seed) % LENGTH(functions);
    bool creator = random_of(seed) % 8 == 0;
    size_t n = 0;

    n += (size_t)sprintf(at, "%s%s", creator ? "created by " : "",
                         functions[i]);
    if (creator && random_of(seed) % 2 == 0)
        n += (size_t)sprintf(at + n, " in goroutine %u",
                             (unsigned)random_of(seed));
    if (!creator) {
        at[n++] = '(';
        n += put_arguments(at + n, seed);
        at[n++] = ')';
    }
    n += (size_t)sprintf(at + n, "\n\t%s", positions[i]);
    if (random_of(seed) % 4 != 0)
        n += (size_t)sprintf(at + n, " +0x%x", (unsigned)random_of(seed));
    at[n++] = '\n';
    return n;
}

static size_t put_stack(char *at, uint64_t *seed)
{
    size_t n = 0;

    for (size_t i = random_of(seed) % 6; i > 0; i--)
        n += put_frame(at + n, seed);
    at[n++] = '\n';
    return n;
}

static void test_plain_and_wide_agree(void **state)
{
    enum { STACKS = 20000, MOST = 8192 };
    static char text[MOST];
    uint64_t seed = 1;
    size_t taken = 0;

    if (!fast_has_avx2())
        skip();
    for (int i = 0; i < STACKS; i++) {
        struct fast_stack s;
        size_t len = 0;

        memset(text, 0, sizeof text);
        len = put_stack(text, &seed);
        if (i % 2 == 0) /* one byte another */
            text[random_of(&seed) % len] = (char)random_of(&seed);
        check_both(*state, text, len + PAD, &s);
        taken += s.complete;
    }
    assert_in_range(taken, STACKS / 4, STACKS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_creator_and_its_parent, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_no_more_frames_than_there_is_room_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_and_wide_agree, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
