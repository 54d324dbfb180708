/* Reports of the race detector: what the parser tells of them, and that they
 * are passed over where dumps of all goroutines are wanted. */
#include <goroleak.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void put(FILE *out, const char *mark, const struct grl_frame *f)
{
    fprintf(out, "%s%s:%u", mark, f->function, (unsigned)f->line);
}

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    FILE *out = user;

    fprintf(out, "%llu [%.*s]", (unsigned long long)g->id, (int)g->state.len,
            g->state.ptr);
    for (size_t i = 0; i < g->frame_count; i++)
        put(out, " ", g->frames[i]);
    fputs(g->unavailable ? " unavailable" : "", out);
    if (g->created_by != NULL)
        put(out, " by ", g->created_by);
    fputs(g->cut ? " cut" : "", out);
    fputs(g->observer ? " observer" : "", out);
    fputs("; ", out);
    return GRL_OK;
}

static enum grl_status on_dump(void *user, const char *form)
{
    fprintf(user, "%s: ", form);
    return GRL_OK;
}

/* What the parser tells of TEXT, in one line. */
static void told(const char *text, size_t piece, char *line, size_t size,
                 struct grl_parser_stats *stats)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump, NULL,
                                                    NULL};
    FILE *out = fmemopen(line, size, "w");
    struct grl_parser *p = NULL;
    size_t len = strlen(text);

    assert_non_null(out);
    assert_int_equal(grl_parser_new(&p, &events, out, NULL), GRL_OK);
    for (size_t at = 0; at < len; at += piece)
        assert_int_equal(grl_parser_feed(p, text + at,
                                         len - at < piece ? len - at : piece,
                                         NULL),
                         GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    *stats = *grl_parser_stats(p);
    grl_parser_free(p);
    fclose(out);
}

#define EDGE "==================\n"
#define STACK(f, n) "  main." f "()\n      /src/main.go:" n " +0x1\n"
#define READ "WARNING: DATA RACE\nRead at 0x00c0 by goroutine 7:\n"
#define READ_IT READ STACK("get", "3") STACK("work", "4") "\n"
#define WROTE "Previous write at 0x00c0 by goroutine 8:\n"
#define WROTE_IT WROTE STACK("set", "5") "\n"
#define MADE(id, state) "Goroutine " id " (" state ") created at:\n"
#define MADE_IT                                                                \
    MADE("7", "running")                                                       \
    STACK("run", "9")                                                          \
    STACK("main", "19")                                                        \
    "\n" MADE("8", "finished") STACK("try", "8") STACK("main", "19")
#define SEVEN "7 [running] main.get:3 main.work:4 by main.run:9; "
#define EIGHT "8 [finished] main.set:5 by main.try:8; "

struct row {
    const char *text;
    const char *told;
    unsigned skipped;
    bool truncated;
};

static const struct row rows[] = {
    {EDGE READ_IT WROTE_IT MADE_IT EDGE "Found 1 data race(s)\n",
     "race: " SEVEN EIGHT, 0, false},
    /* the main goroutine, which has no state, and stacks that are lost */
    {EDGE "WARNING: DATA RACE\nWrite at 0x1 by main goroutine:\n" STACK(
         "f", "2") "\n" WROTE
                   "  [failed to restore the stack]\n\n" MADE(
                       "8",
                       "finished") "  [failed to restore the stack]\n" EDGE,
     "race: 1 [] main.f:2; 8 [finished] unavailable; ", 0, false},
    /* memory has a history, which is nobody's goroutine */
    {EDGE READ_IT
     "Heap block of size 8 at 0x1 allocated by goroutine 7:\n" STACK(
         "new", "1") "\n" MADE("7", "running") STACK("run", "9") EDGE,
     "race: " SEVEN, 0, false},
    /* a report each, and behind the last a dump of its own */
    {EDGE READ_IT WROTE_IT MADE_IT EDGE EDGE READ_IT WROTE_IT MADE_IT EDGE
     "goroutine 3 [select]:\nmain.f()\n\t/src/main.go:2 +0x1\n",
     "race: " SEVEN EIGHT "race: " SEVEN EIGHT "debug2: 3 [select] main.f:2; ",
     0, false},
    {"goroutine 3 [running]:\nmain.f()\n\t/src/main.go:2 +0x1\n\n" EDGE READ_IT
         WROTE_IT MADE_IT EDGE "panic: x\n\ngoroutine 3 [running]:\n"
     "main.f()\n\t/src/main.go:2 +0x1\n",
     "debug2: 3 [running] main.f:2 observer; race: " SEVEN EIGHT
     "panic: 3 [running] main.f:2 observer; ",
     0, false},
    /* an announcement is not of the report */
    {"panic: x [recovered]\n" EDGE READ_IT WROTE_IT MADE_IT EDGE,
     "race: " SEVEN EIGHT, 0, false},
    /* without the lines around it, as people paste it */
    {"Read at 0x00c0 by goroutine 7:\n" STACK("get", "3")
         STACK("work", "4") "\n" WROTE_IT MADE_IT,
     "race: " SEVEN EIGHT, 0, false},
    /* a dump begins before the report was over */
    {EDGE READ_IT "goroutine 3 [select]:\nmain.f()\n\t/src/main.go:2 +0x1\n",
     "race: 7 [] main.get:3 main.work:4; debug2: 3 [select] main.f:2; ", 0,
     false},
    /* cut: behind an access, in a call, in a position, in a line between */
    {EDGE READ_IT, "race: 7 [] main.get:3 main.work:4; ", 0, true},
    {EDGE READ_IT WROTE "  main.set()\n",
     "race: 7 [] main.get:3 main.work:4; 8 [] main.set:0 cut; ", 0, true},
    {EDGE READ_IT WROTE_IT MADE("7", "running") "  main.run()\n      /src/m",
     "race: 7 [running] main.get:3 main.work:4 by main.run:0 cut; "
     "8 [] main.set:5; ",
     1, true},
    {EDGE READ_IT WROTE_IT MADE("7", "running") STACK("run", "9") "\nGorou",
     "race: " SEVEN "8 [] main.set:5; ", 0, true},
    /* a log line between, which is counted */
    {EDGE READ "hello\n" STACK("get", "3")
         STACK("work", "4") "\nhello\n" WROTE_IT MADE_IT EDGE,
     "race: " SEVEN EIGHT, 1, false},
    /* one that is only said to have been created; an access for another id */
    {EDGE READ_IT MADE("7", "running")
         STACK("run", "9") "\n" MADE("9", "running") STACK("g", "1") EDGE,
     "race: " SEVEN "9 [running] unavailable by main.g:1; ", 0, false},
    {EDGE READ_IT "Previous read at 0x1 by goroutine 7:\n" STACK(
         "h", "6") "\n" MADE("7", "running") STACK("run", "9") EDGE,
     "race: " SEVEN "race: 7 [running] main.h:6 by main.run:9; ", 0, false},
    {"WARNING: DATA RACE\n", "", 0, false},
    {"main.f()\nRead at 0x1 by nobody:\n" EDGE, "", 0, false},
};

static void check(const struct row *row, const char *text, size_t piece)
{
    char line[1024] = "";
    struct grl_parser_stats stats;

    told(text, piece, line, sizeof line, &stats);
    assert_string_equal(line, row->told);
    assert_int_equal(stats.skipped_lines, row->skipped);
    if (stats.truncated != row->truncated)
        fail_msg("truncated %d:\n%s", stats.truncated, text);
}

static void test_reports_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check(&rows[i], rows[i].text, 65536);
        check(&rows[i], rows[i].text, 7);
        check(&rows[i], rows[i].text, 1);
    }
}

/* TEXT with BEFORE in front of every line and BEHIND each; free it. */
static char *carried(const char *text, const char *before, const char *behind)
{
    char *out = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&out, &len);

    assert_non_null(f);
    for (const char *at = text; *at != '\0';) {
        int line = (int)strcspn(at, "\n");

        fprintf(f, "%s%.*s%s\n", before, line, at, behind);
        at += line + (at[line] == '\n');
    }
    fclose(f);
    return out;
}

static void test_reports_are_read_in_logs(void **state)
{
    static const char *const ways[][2] = {
        {"2026-11-27T04:00:00.1234567Z ", ""},
        {"web-1  | ", ""},
        {"    ", ""},
        {"> ", ""},
        {"", "\r"},
        {"", "\n"},
        {"\x1b[31m", "\x1b[0m"},
        {"{\"log\":\"", "\\n\"}"},
        {"{\"Action\":\"output\",\"Output\":\"", "\\n\"}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char *text = carried(rows[0].text, ways[i][0], ways[i][1]);

        check(&rows[0], text, 65536);
        check(&rows[0], text, 1);
        free(text);
    }
}

static struct grl_dumps *read(const char *text, bool races, enum grl_status st)
{
    struct grl_options options;
    struct grl_dumps *d = NULL;

    grl_options_init(&options);
    options.races = races;
    assert_int_equal(grl_dumps_new(&d, &options, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(d, "x", NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(d, text, strlen(text), NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(d, NULL), st);
    return d;
}

#define DUMP                                                                   \
    "goroutine 3 [select]:\nmain.f()\n\t/src/main.go:2 +0x1\nodd\nline\n\n"
#define RACE EDGE READ "odd\n" STACK("get", "3") "\n" WROTE_IT MADE_IT EDGE
#define CUT_RACE EDGE READ_IT

static void test_reports_are_no_dumps_of_all(void **state)
{
    struct grl_dumps *d = read(RACE, false, GRL_ENODUMP);

    (void)state;
    assert_int_equal(grl_dumps_count(d), 0);
    grl_dumps_free(d);
    d = read(RACE, true, GRL_OK);
    assert_int_equal(grl_dumps_count(d), 1);
    assert_string_equal(grl_dumps_get(d, 0)->form, "race");
    grl_dumps_free(d);
}

/* Neither its clusters, its lines nor its end are those of the dump. */
static void test_what_is_passed_over_changes_no_dump(void **state)
{
    struct grl_dumps *d = read(DUMP CUT_RACE, false, GRL_OK);
    const struct grl_dump *dump = grl_dumps_get(d, 0);

    (void)state;
    assert_int_equal(grl_dumps_count(d), 1);
    assert_int_equal(dump->goroutines, 1);
    assert_int_equal(dump->skipped_lines, 2);
    assert_false(dump->truncated);
    assert_int_equal(grl_cluster_count(d, 0), 1);
    assert_int_equal(grl_cluster_get(d, 0, 0)->count, 1);
    grl_dumps_free(d);

    d = read(RACE DUMP, false, GRL_OK);
    assert_int_equal(grl_dumps_count(d), 1);
    assert_string_equal(grl_dumps_get(d, 0)->form, "debug2");
    assert_int_equal(grl_dumps_get(d, 0)->goroutines, 1);
    assert_int_equal(grl_dumps_get(d, 0)->skipped_lines, 2);
    grl_dumps_free(d);
}

static void test_lines_are_counted_in_their_own_dump(void **state)
{
    struct grl_dumps *d = read(DUMP DUMP RACE DUMP, true, GRL_OK);

    (void)state;
    assert_int_equal(grl_dumps_count(d), 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(grl_dumps_get(d, i)->skipped_lines, i == 2 ? 1 : 2);
    grl_dumps_free(d);
}

/* One that is said to run did not take a dump: no rule excuses it for that. */
static void test_the_first_of_a_report_took_no_dump(void **state)
{
    static const char goleak[] =
        "[Goroutine 7 in state running, with main.f on top of the stack:\n"
        "main.f()\n\t/src/main.go:2 +0x1\n]\n"
        "[Goroutine 8 in state running, with main.f on top of the stack:\n"
        "main.f()\n\t/src/main.go:2 +0x1\n]\n";
    char line[256] = "";
    struct grl_parser_stats stats;

    (void)state;
    told(goleak, 65536, line, sizeof line, &stats);
    assert_string_equal(line,
                        "goleak: 7 [running] main.f:2; 8 [running] main.f:2; ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reports_are_read),
        cmocka_unit_test(test_reports_are_read_in_logs),
        cmocka_unit_test(test_reports_are_no_dumps_of_all),
        cmocka_unit_test(test_what_is_passed_over_changes_no_dump),
        cmocka_unit_test(test_lines_are_counted_in_their_own_dump),
        cmocka_unit_test(test_the_first_of_a_report_took_no_dump),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
