/* Small series and what is to be thought of them. */
#include "made.h"

enum { MOST_DUMPS = 14, MOST_COUNT = 1000 };

/* What becomes of the goroutines: they stay, and when the count falls the
 * youngest go; or each dump shows others. */
enum fate { STAY, TURN_OVER, STAY_IN_CUT_DUMPS };

struct row {
    const char *what;
    int counts[MOST_DUMPS]; /* -1 ends them */
    enum fate fate;
    const char *verdicts; /* any of these */
};

static const struct row rows[] = {
    /* leaks, at whatever pace */
    {"one a dump", {1, 2, 3, 4, 5, 6, 7, 8, 9, -1}, STAY, "leaking"},
    {"seven a dump", {7, 14, 21, 28, 35, 42, 49, 56, -1}, STAY, "leaking"},
    {"on a pool", {50, 53, 56, 59, 62, 65, 68, 71, 74, -1}, STAY, "leaking"},
    {"faster and faster", {1, 2, 4, 8, 16, 32, 64, 128, -1}, STAY, "leaking"},
    {"one in three dumps",
     {1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, -1},
     STAY,
     "leaking"},
    {"one now and then", {2, 3, 3, 4, 5, 5, 7, 7, 8, 9, -1}, STAY, "leaking"},
    /* the same counts, but of others each time: load */
    {"load", {7, 14, 21, 28, 35, 42, 49, 56, -1}, TURN_OVER, "growing"},
    {"a little load", {1, 2, 3, 4, 5, 6, 7, 8, 9, -1}, TURN_OVER, "growing"},
    /* what rose and stopped */
    {"a cache warms up",
     {2, 12, 22, 32, 40, 40, 40, 40, 40, 40, 40, 40, -1},
     STAY,
     "plateaued"},
    {"a pool fills",
     {2, 4, 5, 7, 9, 10, 10, 10, 10, 10, 10, 10, -1},
     STAY,
     "plateaued"},
    {"one step, long ago",
     {5, 5, 20, 20, 20, 20, 20, 20, 20, -1},
     STAY,
     "steady"},
    {"one step, just now", {5, 5, 5, 5, 5, 5, 20, -1}, STAY, "steady"},
    {"one step from nothing", {0, 0, 0, 0, 50, 50, -1}, STAY, "steady"},
    /* what comes and goes */
    {"a batch job",
     {0, 12, 4, 20, 0, 16, 8, 12, 0, 12, -1},
     TURN_OVER,
     "oscillating"},
    {"falls", {40, 30, 25, 20, 12, 5, -1}, STAY, "falling"},
    {"falls to nothing", {40, 30, 20, 10, 0, -1}, STAY, "gone"},
    {"is gone from one dump on", {9, 9, 9, 0, 0, 0, -1}, STAY, "gone"},
    {"the same", {8, 8, 8, 8, 8, 8, -1}, STAY, "steady"},
    {"one or two", {1, 0, 2, 1, 0, 1, 1, -1}, TURN_OVER, "steady"},
    {"a busy pool", {100, 102, 99, 101, 100, 98, 101, -1}, TURN_OVER, "steady"},
    /* two dumps never leak */
    {"two, up", {1, 900, -1}, STAY, "growing"},
    {"two, from nothing", {0, 50, -1}, STAY, "growing"},
    {"two, down", {100, 1, -1}, STAY, "falling"},
    {"two, gone", {100, 0, -1}, STAY, "gone"},
    {"two, hardly", {5, 6, -1}, STAY, "steady"},
    /* three and four only when all rise and all stay */
    {"three, up", {10, 20, 30, -1}, STAY, "leaking"},
    {"three, load", {10, 20, 30, -1}, TURN_OVER, "growing"},
    {"three, one step", {10, 30, 30, -1}, STAY, "steady"},
    {"three, flat at first", {10, 10, 30, -1}, STAY, "steady"},
    {"three, there and back", {10, 30, 10, -1}, TURN_OVER, "oscillating"},
    {"four, up", {10, 17, 24, 31, -1}, STAY, "leaking"},
    {"four, load", {10, 17, 24, 31, -1}, TURN_OVER, "growing"},
    {"four, but one", {10, 17, 17, 31, -1}, STAY, "steady growing"},
    {"one dump", {900, -1}, STAY, "steady"},
};

struct series {
    struct grl_dumps *dumps;
    int next_id; /* ids only grow, as Go's do */
    int ids[MOST_COUNT];
    int count;
};

static void add_dump(struct series *s, int count, enum fate fate)
{
    if (fate == TURN_OVER)
        s->count = 0;
    if (count < s->count)
        s->count = count;
    while (s->count < count)
        s->ids[s->count++] = s->next_id++;
    assert_int_equal(grl_dumps_begin(s->dumps, "dump", NULL), GRL_OK);
    for (int id = 1; id <= 20; id++) /* what shows that it is one process */
        made_goroutine(s->dumps, id, "serve", 9);
    for (int i = 0; i < count; i++)
        made_goroutine(s->dumps, s->ids[i], "work", 9);
    if (fate == STAY_IN_CUT_DUMPS) {
        static const char cut[] = "goroutine 99 [select]:\nmain.se";

        assert_int_equal(grl_dumps_feed(s->dumps, cut, sizeof cut - 1, NULL),
                         GRL_OK);
    }
    assert_int_equal(grl_dumps_end(s->dumps, NULL), GRL_OK);
}

static struct grl_dumps *dumps_of(const struct row *r)
{
    static struct series s;

    s = (struct series){.next_id = 100};
    assert_int_equal(grl_dumps_new(&s.dumps, NULL, NULL), GRL_OK);
    for (size_t i = 0; i < MOST_DUMPS && r->counts[i] >= 0; i++)
        add_dump(&s, r->counts[i], r->fate);
    return s.dumps;
}

static const struct grl_finding *finding(const struct grl_trend *t,
                                         const char *function)
{
    for (size_t i = 0; i < grl_trend_count(t); i++)
        if (strcmp(grl_trend_get(t, i)->cluster->blocked_in->function,
                   function) == 0)
            return grl_trend_get(t, i);
    return NULL;
}

/* Empty when the verdict of R is as it says, else what is wrong. */
static void check(const struct row *r, char *wrong, size_t size)
{
    struct grl_dumps *d = dumps_of(r);
    struct grl_trend *t = NULL;
    struct grl_error err;
    const char *got = NULL;

    if (grl_trend_new(&t, d, &err) != GRL_OK)
        fail_msg("%s: %s, %s", r->what, err.what, err.detail);
    assert_int_equal(grl_trend_segments(t), 1);
    got = grl_verdict_name(finding(t, "main.work")->verdict);
    wrong[0] = '\0';
    if (strstr(r->verdicts, got) == NULL)
        snprintf(wrong, size, "\n  %s: %s, not %s", r->what, got, r->verdicts);
    assert_int_equal(finding(t, "main.serve")->verdict, GRL_STEADY);
    grl_trend_free(t);
    grl_dumps_free(d);
}

static void test_verdicts(void **state)
{
    char wrong[2000] = "";

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(&rows[i], wrong + strlen(wrong), sizeof wrong - strlen(wrong));
    if (wrong[0] != '\0')
        fail_msg("wrong verdicts:%s", wrong);
}

/* DESIGN: one step that stays is steady, also while it is young. */
static void test_one_step_of_late_is_steady(void **state)
{
    static const struct row step = {
        "one step", {5, 5, 5, 5, 20, 20, 20, -1}, STAY, "steady"};
    char wrong[200];

    (void)state;
    check(&step, wrong, sizeof wrong);
    assert_string_equal(wrong, "");
}

/* DESIGN, "Truncation": counts of cut dumps are lower bounds, and where lower
 * bounds stop rising nothing has filled up. */
static void test_cut_dumps_are_no_plateau(void **state)
{
    static const struct row cut = {
        "cut dumps",
        {2, 12, 22, 32, 40, 40, 40, 40, 40, 40, 40, 40, -1},
        STAY_IN_CUT_DUMPS,
        "steady growing leaking"};
    char wrong[200];

    (void)state;
    check(&cut, wrong, sizeof wrong);
    assert_string_equal(wrong, "");
}

/* The youngest end all at once, so the largest id falls; but the 24 that are
 * older are there all along, so it is one process. */
static void test_reaping_is_no_restart(void **state)
{
    static const struct row reaped = {
        "reaped",
        {4, 12, 16, 4, 8, 12, 16, 4, 8, 12, 16, 4, 8, -1},
        STAY,
        "oscillating"};
    char wrong[200];

    (void)state;
    check(&reaped, wrong, sizeof wrong);
    assert_string_equal(wrong, "");
}

/* COUNTS of goroutines whose header says STATE, in two dumps. */
static enum grl_verdict verdict_of_two(const char *state, int before, int after)
{
    const int counts[] = {before, after};
    struct grl_dumps *d = NULL;
    struct grl_trend *t = NULL;
    enum grl_verdict v = GRL_STEADY;

    assert_int_equal(grl_dumps_new(&d, NULL, NULL), GRL_OK);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(grl_dumps_begin(d, "dump", NULL), GRL_OK);
        for (int id = 1; id <= 20; id++)
            made_goroutine(d, id, "serve", 9);
        for (int id = 0; id < counts[k]; id++) {
            char text[128];
            int n = snprintf(text, sizeof text,
                             "goroutine %d [%s]:\nmain.work(0x1)\n"
                             "\t/src/main.go:9 +0x1\n\n",
                             100 + id, state);

            assert_int_equal(grl_dumps_feed(d, text, (size_t)n, NULL), GRL_OK);
        }
        assert_int_equal(grl_dumps_end(d, NULL), GRL_OK);
    }
    assert_int_equal(grl_trend_new(&t, d, NULL), GRL_OK);
    v = finding(t, "main.work")->verdict;
    grl_trend_free(t);
    grl_dumps_free(d);
    return v;
}

/* DESIGN, "Certain on sight": what grows and can never wake leaks, and what the
 * runtime found unreachable does so whatever it does. */
static void test_what_can_never_wake(void **state)
{
    (void)state;
    assert_int_equal(verdict_of_two("chan receive (nil chan)", 2, 6),
                     GRL_LEAKING);
    assert_int_equal(verdict_of_two("select (no cases)", 2, 6), GRL_LEAKING);
    assert_int_equal(verdict_of_two("select (no cases)", 2, 2), GRL_STEADY);
    assert_int_equal(verdict_of_two("chan receive (leaked)", 2, 2),
                     GRL_LEAKING);
    assert_int_equal(verdict_of_two("chan receive", 2, 6), GRL_GROWING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_what_can_never_wake),
        cmocka_unit_test(test_cut_dumps_are_no_plateau),
        cmocka_unit_test(test_one_step_of_late_is_steady),
        cmocka_unit_test(test_reaping_is_no_restart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
