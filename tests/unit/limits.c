/* Limits of base/limits.h: at each, and one past it.  LINE_BYTES, WATCHED_IDS
 * and LABEL_BYTES are tested with their modules, what archives expand to in
 * tests/cli/packed.sh, and what a server sends in tests/cli/urls.sh. */
#include "base/limits.h"

#include "analyse/series.h"
#include "base/strings.h"
#include "model/stacks.h"
#include "parse/pprof.h"
#include "parse/streams.h"
#include "support/unit.h"

#include <goroleak.h>

#include <stdio.h>
#include <stdlib.h>

/* A text that grows. */
struct draft {
    char *text;
    size_t len;
};

static void add(struct draft *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct draft *d, const char *format, ...)
{
    char line[LIMIT_FRAME_BYTES + 100];
    va_list args;
    int n = 0;

    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    d->text = realloc(d->text, d->len + (size_t)n + 1);
    assert_non_null(d->text);
    memcpy(d->text + d->len, line, (size_t)n + 1);
    d->len += (size_t)n;
}

static struct grl_dumps *read_draft(struct draft *d,
                                    const struct grl_options *o)
{
    struct grl_dumps *dumps = NULL;

    assert_int_equal(grl_dumps_new(&dumps, o, NULL), GRL_OK);
    assert_int_equal(grl_dumps_begin(dumps, "draft", NULL), GRL_OK);
    assert_int_equal(grl_dumps_feed(dumps, d->text, d->len, NULL), GRL_OK);
    assert_int_equal(grl_dumps_end(dumps, NULL), GRL_OK);
    free(d->text);
    *d = (struct draft){NULL, 0};
    return dumps;
}

static void frames(size_t count, size_t kept, bool elided)
{
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;

    add(&d, "goroutine 1 [select]:\n");
    for (size_t i = 0; i < count; i++)
        add(&d, "main.f%zu()\n\t/src/main.go:%zu +0x1\n", i, i + 1);
    dumps = read_draft(&d, NULL);
    assert_int_equal(grl_cluster_get(dumps, 0, 0)->frame_count, kept);
    assert_int_equal(grl_cluster_get(dumps, 0, 0)->elided, elided);
    grl_dumps_free(dumps);
}

static void test_frames(void **state)
{
    (void)state;
    frames(LIMIT_FRAMES, LIMIT_FRAMES, false);
    frames(LIMIT_FRAMES + 1, LIMIT_FRAMES, true);
}

/* "main." and as many letters, at "a.go:1": LEN bytes together. */
static void frame_bytes(size_t len, uint64_t damaged)
{
    enum { POSITION = 6 };
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;

    add(&d, "goroutine 1 [select]:\nmain.%0*d()\n\ta.go:1 +0x1\n",
        (int)(len - POSITION - 5), 0);
    dumps = read_draft(&d, NULL);
    assert_int_equal(grl_dumps_get(dumps, 0)->goroutines, 1);
    assert_int_equal(grl_dumps_get(dumps, 0)->damaged, damaged);
    grl_dumps_free(dumps);
}

static void test_frame_bytes(void **state)
{
    (void)state;
    frame_bytes(LIMIT_FRAME_BYTES, 0);
    frame_bytes(LIMIT_FRAME_BYTES + 1, 1);
}

static void listed_ids(size_t count, size_t listed)
{
    struct grl_options o;
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;

    grl_options_init(&o);
    for (size_t i = 1; i <= count; i++)
        add(&d, "goroutine %zu [select]:\nmain.f()\n\ta.go:1 +0x1\n\n", i);
    dumps = read_draft(&d, &o);
    assert_int_equal(grl_cluster_get(dumps, 0, 0)->count, count);
    assert_int_equal(grl_cluster_get(dumps, 0, 0)->id_count, listed);
    grl_dumps_free(dumps);
}

static void test_listed_ids(void **state)
{
    (void)state;
    listed_ids(LIMIT_LISTED_IDS, LIMIT_LISTED_IDS);
    listed_ids(LIMIT_LISTED_IDS + 1, LIMIT_LISTED_IDS);
}

static void states(size_t count, size_t kept)
{
    struct grl_options o;
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;
    const struct grl_cluster *c = NULL;
    uint64_t sum = 0;

    grl_options_init(&o);
    o.group_by = GRL_GROUP_CREATOR;
    for (size_t i = 1; i <= count; i++)
        add(&d, "goroutine %zu [state%zu]:\nmain.f()\n\ta.go:1 +0x1\n\n", i, i);
    dumps = read_draft(&d, &o);
    c = grl_cluster_get(dumps, 0, 0);
    assert_int_equal(c->state_count, kept);
    for (size_t i = 0; i < c->state_count; i++)
        sum += c->states[i].count;
    assert_int_equal(sum, count);
    grl_dumps_free(dumps);
}

static void test_states(void **state)
{
    (void)state;
    states(LIMIT_STATES, LIMIT_STATES);
    states(LIMIT_STATES + 1, LIMIT_STATES);
}

static void labels(size_t count, size_t kept, bool cut)
{
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;
    const struct grl_cluster *c = NULL;

    for (size_t i = 1; i <= count; i++)
        add(&d,
            "goroutine %zu [select] {\"k\": \"%zu\"}:\nmain.f()\n"
            "\ta.go:1 +0x1\n\n",
            i, i);
    dumps = read_draft(&d, NULL);
    c = grl_cluster_get(dumps, 0, 0);
    assert_int_equal(c->count, count);
    assert_int_equal(c->label_count, kept);
    assert_int_equal(c->labels_cut, cut);
    grl_dumps_free(dumps);
}

static void test_labels(void **state)
{
    (void)state;
    labels(LIMIT_LABELS, LIMIT_LABELS, false);
    labels(LIMIT_LABELS + 1, LIMIT_LABELS, true);
}

static void record_count(uint64_t count, uint64_t goroutines)
{
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;

    add(&d,
        "goroutine profile: total 3\n1 @ 0x43a356\n#\t0x43a355\tmain.f+0x35\t"
        "/m.go:10\n\n%llu @ 0x43a357\n#\t0x43a356\tmain.g+0x35\t/m.go:11\n",
        (unsigned long long)count);
    dumps = read_draft(&d, NULL);
    assert_int_equal(grl_dumps_get(dumps, 0)->goroutines, goroutines);
    grl_dumps_free(dumps);
}

static void test_record_count(void **state)
{
    (void)state;
    record_count(LIMIT_RECORD_COUNT, LIMIT_RECORD_COUNT + 1);
    record_count(LIMIT_RECORD_COUNT + 1, 1);
}

static void test_held_bytes(void **state)
{
    enum { LINE = 1024 * 1024, MARK = 24 };
    static const char header[] = "b  | goroutine 1 [select]:";
    char *line = calloc(1, LINE);
    struct streams s = {.name_len = 0};
    size_t room = LIMIT_HELD_BYTES - (sizeof header - 1 + MARK);

    (void)state;
    assert_non_null(line);
    memcpy(line, "b  | ", 5);
    streams_follow(&s, TEXT("a  | "));
    assert_int_equal(streams_take(&s, text_of(header), 1, false), STREAM_HELD);
    for (; room > LINE; room -= LINE)
        assert_int_equal(
            streams_take(&s, (struct grl_text){line, LINE - MARK}, 2, false),
            STREAM_HELD);
    assert_int_equal(
        streams_take(&s, (struct grl_text){line, room - MARK + 1}, 3, false),
        STREAM_LOST);
    assert_int_equal(
        streams_take(&s, (struct grl_text){line, room - MARK}, 3, false),
        STREAM_HELD);
    assert_int_equal(s.held.len, LIMIT_HELD_BYTES);
    streams_free(&s);
    free(line);
}

static void test_profile_bytes(void **state)
{
    enum { PIECE = 1024 * 1024 };
    char *piece = calloc(1, PIECE);
    struct pprof p = {NULL, 0, 0};

    (void)state;
    assert_non_null(piece);
    for (size_t n = 0; n < LIMIT_PROFILE_BYTES; n += PIECE)
        assert_int_equal(pprof_feed(&p, piece, PIECE), GRL_OK);
    assert_int_equal(pprof_feed(&p, piece, 1), GRL_ELIMIT);
    pprof_free(&p);
    free(piece);
}

/* Millions are not made: the count is set to all but one of them. */
static void test_strings(void **state)
{
    struct strings s;
    const struct string *last = NULL;

    (void)state;
    strings_init(&s);
    s.count = LIMIT_STRINGS - 1;
    last = strings_intern(&s, TEXT("last"));
    assert_non_null(last);
    assert_int_equal(last->id, LIMIT_STRINGS);
    assert_null(strings_intern(&s, TEXT("one more")));
    assert_ptr_equal(strings_intern(&s, TEXT("last")), last);
    strings_free(&s);
}

static void test_distinct_frames(void **state)
{
    struct strings names;
    struct frames f;
    struct frame_source source = frames_source(&f);
    const struct raw_frame *last = NULL;
    bool again = false;

    (void)state;
    strings_init(&names);
    frames_init(&f, &names);
    f.index.count = LIMIT_STRINGS - 1;
    last = source.frame(&f, TEXT("main.last"), TEXT("/a.go:1"), &again);
    assert_non_null(last);
    assert_null(source.frame(&f, TEXT("main.more"), TEXT("/a.go:1"), &again));
    assert_ptr_equal(
        source.frame(&f, TEXT("main.last"), TEXT("/a.go:1"), &again), last);
    frames_free(&f);
    strings_free(&names);
}

static struct stack *find(struct stacks *s, uint32_t word, bool *limit)
{
    static const struct grouping whole = {.by = GRL_GROUP_STATE};
    static const struct string select = {"select", 1, 6};
    static const struct string sleep = {"sleep", 2, 5};
    struct key *k = calloc(1, sizeof *k);
    struct stack *found = NULL;

    assert_non_null(k);
    k->parts.state = word == 1 ? &select : &sleep;
    k->parts.frames = k->frames;
    k->words[0] = word;
    k->word_count = 1;
    found = stacks_find(s, k, &whole, limit);
    free(k);
    return found;
}

static void test_signatures(void **state)
{
    struct stacks s;
    struct stack *last = NULL;
    bool limit = false;

    (void)state;
    stacks_init(&s);
    s.count = LIMIT_SIGNATURES - 1;
    last = find(&s, 1, &limit);
    assert_non_null(last);
    assert_false(limit);
    assert_null(find(&s, 2, &limit));
    assert_true(limit);
    assert_ptr_equal(find(&s, 1, &limit), last);
    assert_false(limit);
    stacks_free(&s);
}

/* So many DUMPS that have one of SIGNATURES each. */
static enum grl_status trend_of(size_t dumps, size_t signatures)
{
    struct draft d = {NULL, 0};
    struct grl_dumps *read = NULL;
    struct grl_trend *t = NULL;
    enum grl_status st = GRL_OK;
    char banner[] = "SIGQUIT: quit\n\n";

    for (size_t i = 0; i < dumps; i++)
        add(&d, "%sgoroutine %zu [select]:\nmain.f()\n\ta.go:%zu +0x1\n\n",
            banner, i + 1, i % signatures + 1);
    read = read_draft(&d, NULL);
    assert_int_equal(grl_dumps_count(read), dumps);
    st = grl_trend_new(&t, read, NULL);
    grl_trend_free(t);
    grl_dumps_free(read);
    return st;
}

static void test_trend_cells(void **state)
{
    enum { DUMPS = 8000, SIGNATURES = LIMIT_TREND_CELLS / DUMPS };

    (void)state;
    assert_true(series_fits(DUMPS, SIGNATURES));
    assert_false(series_fits(DUMPS, SIGNATURES + 1));
    assert_true(series_fits(1, LIMIT_TREND_CELLS));
    assert_int_equal(trend_of(10, 10), GRL_OK);
    assert_int_equal(trend_of(DUMPS + 1, SIGNATURES), GRL_ELIMIT);
}

static void racers(size_t count, uint64_t goroutines, uint64_t skipped)
{
    struct grl_options o;
    struct draft d = {NULL, 0};
    struct grl_dumps *dumps = NULL;

    grl_options_init(&o);
    o.races = true;
    add(&d, "WARNING: DATA RACE\n");
    for (size_t i = 1; i <= count; i++)
        add(&d,
            "Read at 0x1 by goroutine %zu:\n  main.f()\n      a.go:1 +0x1\n"
            "\n",
            i);
    dumps = read_draft(&d, &o);
    assert_int_equal(grl_dumps_get(dumps, 0)->goroutines, goroutines);
    assert_int_equal(grl_dumps_get(dumps, 0)->skipped_lines, skipped);
    grl_dumps_free(dumps);
}

static void test_racers(void **state)
{
    (void)state;
    racers(LIMIT_RACERS, LIMIT_RACERS, 0);
    racers(LIMIT_RACERS + 1, LIMIT_RACERS, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_frame_bytes),
        cmocka_unit_test(test_listed_ids),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_record_count),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_distinct_frames),
        cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_trend_cells),
        cmocka_unit_test(test_racers),
        cmocka_unit_test(test_held_bytes),
        cmocka_unit_test(test_profile_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
