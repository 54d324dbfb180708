/* The sentences beside a verdict say what spoke for it and what against. */
#include "analyse/verdict.h"

#include "support/unit.h"

#include <math.h>
#include <stdio.h>

/* Sentences in brackets, in order. */
static void evidence_text(const struct facts *f, enum grl_verdict v, char *out,
                          size_t size)
{
    struct arena a = {0};
    const char *sentences[EVIDENCE_MOST];
    size_t count = 99;
    size_t n = 0;

    assert_int_equal(evidence_of(f, v, &a, sentences, &count), GRL_OK);
    assert_true(count >= 1 && count <= EVIDENCE_MOST);
    for (size_t i = 0; i < count; i++) {
        assert_true(sentences[i][0] != '\0');
        n += (size_t)snprintf(out + n, size - n, "[%s]", sentences[i]);
    }
    arena_free(&a);
}

/* Eight dumps; six runs begin at the first six. */
static const uint64_t counts[] = {7, 14, 21, 28, 35, 42, 49, 56};
static size_t starts[] = {0, 1, 2, 3, 4, 5};

static struct series series_of_runs(size_t runs)
{
    return (struct series){.dump_count = LENGTH(counts),
                           .segments = starts,
                           .segment_count = runs};
}

static struct facts leak_facts(void)
{
    return (struct facts){
        .counts = counts,
        .dumps = 8,
        .segments = 1,
        .first = 7,
        .last = 56,
        .least = 7,
        .most = 56,
        .shape = {.steps = 7,
                  .rises = 7,
                  .risen = 49,
                  .highs = 7,
                  .longest_wait = 1},
        .turnover = {.known = true,
                     .added = 42,
                     .survived = 42,
                     .settled = 42,
                     .stayed = 42},
        .rising_p = 0.00002,
        .falling_p = 1,
        .leak_p = 0.00002,
    };
}

static void assert_says(const struct facts *f, enum grl_verdict v,
                        const char *words)
{
    char text[1024];

    evidence_text(f, v, text, sizeof text);
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, text);
}

static void assert_silent(const struct facts *f, enum grl_verdict v,
                          const char *words)
{
    char text[1024];

    evidence_text(f, v, text, sizeof text);
    if (strstr(text, words) != NULL)
        fail_msg("\"%s\" is in: %s", words, text);
}

static void test_a_leak(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    assert_says(&f, GRL_LEAKING, "[rises in every dump]");
    assert_says(&f, GRL_LEAKING, "42 of 42 added goroutines are still there");
    assert_says(&f, GRL_LEAKING, "1 chance in 10000");
    f.leak_p = 0.0083;
    assert_says(&f, GRL_LEAKING, "0.0083 chance");
    assert_silent(&f, GRL_LEAKING, "turn over");
    assert_silent(&f, GRL_LEAKING, "restarted");
    assert_silent(&f, GRL_LEAKING, "wake");
}

static void test_counts_in_words(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    f.shape.rises = 3;
    assert_says(&f, GRL_LEAKING, "rises in 3 of 7 steps and never falls");
    f.shape.falls = 2;
    assert_says(&f, GRL_LEAKING, "rises in 3 and falls in 2 of 7 steps");
    f.shape.rises = f.shape.falls = 0;
    assert_says(&f, GRL_STEADY, "the same in every dump");
}

static void test_a_plateau_says_since_when(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    f.shape.rises = 4;
    f.shape.since_high = 5;
    assert_says(&f, GRL_PLATEAUED, "no new high in the last 5 dumps");
}

static void test_turnover_speaks_against(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    f.turnover.survived = 20;
    assert_says(&f, GRL_GROWING, "20 of 42 added");
    assert_says(&f, GRL_GROWING, "ids turn over: looks like load");
    f.turnover.survived = 21;
    assert_silent(&f, GRL_GROWING, "turn over");
}

static void test_what_is_not_known_is_said(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    f.turnover.known = false;
    assert_says(&f, GRL_LEAKING, "survivors could not be checked");
    f.turnover.known = true;
    f.turnover.added = f.turnover.survived = 0;
    assert_silent(&f, GRL_LEAKING, "added goroutine");
    f.truncated = true;
    assert_says(&f, GRL_LEAKING, "lower bound");
}

static void test_two_dumps_cannot_tell(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    f.dumps = 2;
    f.rising_p = f.leak_p = NAN;
    assert_says(&f, GRL_GROWING, "take a third");
    assert_silent(&f, GRL_GROWING, "accident");
    f.last = f.first;
    assert_silent(&f, GRL_STEADY, "take a third");
}

static void test_certain_signs_are_said(void **state)
{
    struct facts f = leak_facts();

    (void)state;
    f.forever = true;
    assert_says(&f, GRL_STEADY, "nothing can ever wake it");
    f.leaked = true;
    assert_says(&f, GRL_STEADY, "the runtime marked it (leaked)");
}

static void test_each_run_is_told(void **state)
{
    struct facts f = leak_facts();
    struct series two = series_of_runs(2);
    struct series six = series_of_runs(6);

    (void)state;
    f.segments = 2;
    f.series = &two;
    assert_says(&f, GRL_STEADY,
                "restarted 1 time in between; its runs went 7 -> 7, 14 -> 56]");
    f.segments = 6;
    f.series = &six;
    assert_says(&f, GRL_STEADY,
                "restarted 5 times in between; its last runs went 21 -> 21, "
                "28 -> 28, 35 -> 35, 42 -> 56]");
}

static void test_what_spoke_against(void **state)
{
    static const struct {
        enum leak_form form;
        const char *words;
    } table[] = {
        {LEAK_TOO_FEW, "too few of them came, or too seldom"},
        {LEAK_REAPED, "went at once before"},
        {LEAK_PAUSED, "none came for longer than ever before"},
        {LEAK_SLOWS, "fewer and fewer come"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        struct facts f = leak_facts();

        f.leak.form = table[i].form;
        assert_says(&f, GRL_GROWING, table[i].words);
        assert_silent(&f, GRL_LEAKING, table[i].words);
    }
}

static void test_all_at_once_has_room(void **state)
{
    struct facts f = leak_facts();
    struct series three = series_of_runs(3);
    char text[1024];

    (void)state;
    f.turnover.survived = 1;
    f.forever = f.leaked = f.truncated = true;
    f.segments = 3;
    f.series = &three;
    f.shape.since_high = 9;
    evidence_text(&f, GRL_LEAKING, text, sizeof text);
    assert_non_null(strstr(text, "restarted"));
    evidence_text(&f, GRL_GROWING, text, sizeof text);
    assert_non_null(strstr(text, "restarted"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_leak),
        cmocka_unit_test(test_counts_in_words),
        cmocka_unit_test(test_a_plateau_says_since_when),
        cmocka_unit_test(test_turnover_speaks_against),
        cmocka_unit_test(test_what_is_not_known_is_said),
        cmocka_unit_test(test_two_dumps_cannot_tell),
        cmocka_unit_test(test_certain_signs_are_said),
        cmocka_unit_test(test_each_run_is_told),
        cmocka_unit_test(test_what_spoke_against),
        cmocka_unit_test(test_all_at_once_has_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
