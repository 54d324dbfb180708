/*
 * The whole library over one input.  Leading bytes from 0x80 up, at most four,
 * choose the options; the rest is cut into sources and read.  Sums must agree,
 * reports must be clean, and comparisons must keep their promises.
 */
#include "fuzz/check_compare.h"

enum { MOST_OPTIONS = 4, MOST_SOURCES = 8, MOST_COMPARED = 40 };
enum { MOST_TREND = 1000 * 1000 };

struct setup {
    struct grl_options options;
    struct grl_rules *rules;
    size_t sources;
    enum grl_order order;
};

static struct choices options_of(const uint8_t **bytes, size_t *len)
{
    struct choices c = {*bytes, 0};

    while (c.left<MOST_OPTIONS && * len> 0 && **bytes >= 0x80) {
        c.left++;
        (*bytes)++;
        (*len)--;
    }
    return c;
}

static struct grl_rules *make_rules(unsigned which)
{
    static const char *const texts[] = {
        "top:^main\\.",      "any:=sync.(*Mutex).Lock", "creator:main",
        "state:^(chan|run)", "label:^tenant=",          "file:/src/",
        "signature:^[0-7]",
    };
    struct grl_rules *r = NULL;

    CHECK(grl_rules_new(&r, NULL) == GRL_OK);
    if (which % 2 == 1)
        CHECK(grl_rules_add_builtin(r, NULL) == GRL_OK);
    which /= 2;
    if (which > 0)
        CHECK(grl_rules_add(r, which > 7 ? GRL_ONLY : GRL_IGNORE,
                            texts[(which - 1) % 7], NULL) == GRL_OK);
    return r;
}

/* Without option bytes: two sources, every id, by stack. */
static struct setup set_up(struct choices c)
{
    struct setup s = {.sources = 2};
    unsigned first = choose(&c, 128);
    unsigned rules = choose(&c, 30);
    unsigned third = choose(&c, 128);

    grl_options_init(&s.options);
    s.options.group_by = (enum grl_group)(first % 6);
    s.options.group_label = "tenant";
    s.options.merge = first / 6 % 2 == 1;
    s.options.keep_ids = first / 12 % 2 == 0;
    s.options.min_wait_minutes = first / 24 % 4;
    s.rules = rules > 0 ? make_rules(rules) : NULL;
    s.options.rules = s.rules;
    s.options.lineage = true;
    s.options.heap = third % 7 == 6;
    s.options.line_prefix = third % 5 == 4 ? "[a-z]+-\\d+ *[|] " : NULL;
    s.options.dump_separator = third % 2 == 1 ? "^=====" : NULL;
    s.options.instance = third % 16 == 15 ? "T0([01])" : NULL;
    s.order = (enum grl_order)(third / 2 % 4);
    if (third / 8 > 0)
        s.sources = 1 + third / 8 % MOST_SOURCES;
    return s;
}

/* ------------------------------------------------------------- reading */

/* The end of source I: behind a blank line, where there is one. */
static size_t end_of(const uint8_t *bytes, size_t len, size_t i, size_t n)
{
    for (size_t at = len / n * (i + 1); i + 1 < n && at + 1 < len; at++)
        if (bytes[at] == '\n' && bytes[at + 1] == '\n')
            return at + 2;
    return len;
}

static void feed(struct grl_dumps *d, const uint8_t *bytes, size_t len,
                 bool pieces)
{
    struct cutter c = cutter_of(bytes, len);
    size_t size = 0;

    for (size_t at = 0; at < len; at += size) {
        size = pieces ? cut(&c, len - at) : len - at;
        CHECK(grl_dumps_feed(d, bytes + at, size, NULL) == GRL_OK);
    }
}

static struct grl_dumps *read_all(const struct setup *s, const uint8_t *bytes,
                                  size_t len, bool pieces)
{
    struct grl_dumps *d = NULL;
    size_t from = 0;

    CHECK(grl_dumps_new(&d, &s->options, NULL) == GRL_OK);
    for (size_t i = 0; i < s->sources; i++) {
        size_t to = end_of(bytes, len, i, s->sources);
        size_t before = grl_dumps_count(d);
        enum grl_status st = GRL_OK;
        char name[64];

        to = to > from ? to : from;
        snprintf(name, sizeof name, "\x1b]0;x\x07\xff\x9b-20260101T%02zu0000",
                 i);
        CHECK(grl_dumps_begin(d, name, NULL) == GRL_OK);
        feed(d, bytes + from, to - from, pieces);
        st = grl_dumps_end(d, NULL);
        CHECK(st == GRL_OK ||
              (st == GRL_ENODUMP && grl_dumps_count(d) == before));
        from = to;
    }
    CHECK(s->order == GRL_ORDER_AUTO ||
          grl_dumps_sort(d, s->order) == s->order);
    return d;
}

/* ---------------------------------------------------------- comparing */

static void compare(const struct grl_dumps *d, bool instances)
{
    size_t n = grl_dumps_count(d);
    size_t clusters = 0;

    for (size_t i = 0; i + 1 < n && i < MOST_COMPARED; i++)
        check_diff(d, i, i + 1);
    check_diff(d, 0, n - 1);
    check_diff(d, n - 1, n - 1);
    check_assert(d, n - 1, -1);
    check_assert(d, n - 1, 0);
    check_assert(d, n - 1, (ptrdiff_t)n - 1);
    for (size_t i = 0; i < n; i++)
        clusters += grl_cluster_count(d, i);
    if (n * n * clusters <= MOST_TREND) /* what a trend costs */
        check_trend(d, clusters, instances);
}

/* Goroutines that rules took, when nothing else can leave any out. */
static void check_matched(const struct setup *s, const struct grl_dumps *d)
{
    uint64_t ignored = 0;
    uint64_t matched = 0;

    for (size_t i = 0; i < grl_dumps_count(d); i++)
        ignored += grl_dumps_get(d, i)->ignored;
    for (size_t i = 0; s->rules != NULL && i < grl_rules_count(s->rules); i++)
        matched += grl_rules_get(s->rules, i)->matched;
    CHECK(matched <= ignored);
    CHECK(ignored == 0 || s->rules != NULL || s->options.min_wait_minutes > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct setup s = set_up(options_of(&bytes, &len));
    struct grl_dumps *d = read_all(&s, bytes, len, false);
    struct grl_dumps *again = NULL;

    check_matched(&s, d);
    again = read_all(&s, bytes, len, true);
    check_dumps(d, &s.options);
    check_scan(d, again);
    if (grl_dumps_count(d) > 0 && !s.options.merge)
        compare(d, s.options.instance != NULL);
    grl_dumps_free(again);
    grl_dumps_free(d);
    grl_rules_free(s.rules);
    return 0;
}
