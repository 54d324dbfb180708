/* What wait reasons mean, what a stack betrays, what one dump makes suspect. */
#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_words(const char *words, const char *of)
{
    if (words == NULL || words[0] == '\0')
        fail_msg("no words for %s", of);
    for (const char *c = words; *c != '\0'; c++)
        if (*c != '\n' && (*c < ' ' || *c > '~'))
            fail_msg("%s: byte %02x", of, (unsigned char)*c);
}

static void test_every_state_has_meaning_causes_and_fixes(void **state)
{
    size_t n = 0;

    (void)state;
    for (; grl_explain_get(n) != NULL; n++) {
        const struct grl_explanation *e = grl_explain_get(n);

        assert_words(e->state, "a state");
        assert_words(e->what, e->state);
        assert_true(e->cause_count > 0);
        for (size_t i = 0; i < e->cause_count; i++) {
            assert_words(e->causes[i].what, e->state);
            assert_words(e->causes[i].example, e->state);
            assert_words(e->causes[i].fix, e->state);
            assert_null(strchr(e->causes[i].what, '\n')); /* one line */
            assert_null(strchr(e->causes[i].fix, '\n'));
        }
        assert_ptr_equal(grl_explain_state(e->state), e);
    }
    assert_true(n >= 15);
    assert_null(grl_explain_get(SIZE_MAX));
}

static void test_states_are_found_by_their_exact_name(void **state)
{
    static const char *const known[] = {
        "chan send",
        "chan receive",
        "select",
        "select (no cases)",
        "chan receive (nil chan)",
        "chan send (nil chan)",
        "sync.Mutex.Lock",
        "sync.WaitGroup.Wait",
        "sync.Cond.Wait",
        "semacquire",
        "IO wait",
        "sleep",
        "syscall",
    };
    static const char *const unknown[] = {
        "", "chan", "Chan Send", "chan send ", "no such state",
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (grl_explain_state(known[i]) == NULL)
            fail_msg("not explained: %s", known[i]);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_null(grl_explain_state(unknown[i]));
}

/* An example that receives does not explain who sends. */
static void test_a_nil_channel_is_explained_by_what_is_done_to_it(void **state)
{
    const struct grl_explanation *e = grl_explain_state("chan send (nil chan)");

    (void)state;
    for (size_t i = 0; i < e->cause_count; i++)
        assert_non_null(strstr(e->causes[i].example, " <- "));
}

/* The only cluster of a dump of COUNT goroutines: HEAD with its %d for the id
 * and %d for the minutes, and STACK. */
static struct grl_dumps *dump_of(int count, int first_id, const char *state,
                                 int minutes_step, const char *stack)
{
    struct grl_dumps *d = NULL;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
    for (int i = 0; i < count; i++) {
        char text[512];
        int n = snprintf(text, sizeof text,
                         "goroutine %d [%s, %d minutes]:\n%s\n", first_id + i,
                         state, 1 + i * minutes_step, stack);

        assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
    }
    assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    assert_int_equal(grl_cluster_count(d, 0), 1);
    return d;
}

#define MINE "main.f(0x1)\n\t/src/main.go:9 +0x1\n"

static void test_stacks_betray_a_cause(void **state)
{
    static const struct {
        const char *stack;
        const char *words; /* or NULL */
    } rows[] = {
        {"net/http.(*persistConn).readLoop(0x1)\n\t/go/transport.go:1 +0x1\n"
         "created by net/http.(*Transport).dialConn\n\t/go/transport.go:2\n",
         "response body"},
        {"database/sql.(*Rows).awaitDone(0x1)\n\t/go/sql.go:1 +0x1\n",
         "sql.Rows"},
        {MINE "created by context.(*cancelCtx).propagateCancel\n"
              "\t/go/context.go:1\n",
         "never cancelled"},
        {MINE, NULL},
        {"main.net/http.(*persistConn).readLoop(0x1)\n\t/a.go:1\n", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct grl_dumps *d = dump_of(1, 7, "select", 0, rows[i].stack);
        const char *words = grl_explain_stack(grl_cluster_get(d, 0, 0));

        if (rows[i].words == NULL)
            assert_null(words);
        else if (words == NULL || strstr(words, rows[i].words) == NULL)
            fail_msg("row %zu: %s", i, words != NULL ? words : "nothing");
        grl_dumps_free(d);
    }
}

static void test_one_dump_can_be_suspect(void **state)
{
    static const struct {
        const char *what;
        int count, id;
        const char *state;
        int minutes_step;
        const char *words; /* or NULL */
    } rows[] = {
        {"a nil channel", 1, 7, "chan receive (nil chan)", 0, "ever wake"},
        {"an empty select", 3, 7, "select (no cases)", 0, "ever wake"},
        {"main's empty select", 1, 1, "select (no cases)", 0, NULL},
        {"marked leaked", 1, 7, "chan send (leaked)", 0, "(leaked)"},
        {"waits that spread", 30, 7, "chan send", 2, "spread"},
        {"waits that bunch", 30, 7, "chan send", 0, NULL},
        {"a few waits", 5, 7, "chan send", 10, NULL},
        {"idle connections", 30, 7, "IO wait", 2, NULL},
        {"one more wait", 1, 7, "chan send", 0, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct grl_dumps *d = dump_of(rows[i].count, rows[i].id, rows[i].state,
                                      rows[i].minutes_step, MINE);
        const char *words = grl_suspicion(grl_cluster_get(d, 0, 0));

        if (rows[i].words == NULL
                ? words != NULL
                : words == NULL || strstr(words, rows[i].words) == NULL)
            fail_msg("%s: %s", rows[i].what, words != NULL ? words : "nothing");
        grl_dumps_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_state_has_meaning_causes_and_fixes),
        cmocka_unit_test(test_states_are_found_by_their_exact_name),
        cmocka_unit_test(test_a_nil_channel_is_explained_by_what_is_done_to_it),
        cmocka_unit_test(test_stacks_betray_a_cause),
        cmocka_unit_test(test_one_dump_can_be_suspect),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
