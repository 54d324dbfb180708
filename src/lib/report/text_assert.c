#include "base/error.h"
#include "report/amount.h"
#include "report/forms.h"
#include "report/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The verdict, in a few words. */
static void outcome(struct page *p, const struct grl_assertion *a,
                    const struct grl_dump *dump)
{
    size_t clusters = grl_assert_count(a);
    uint64_t leaked = 0;

    for (size_t i = 0; i < clusters; i++)
        leaked += grl_assert_get(a, i)->count;
    if (leaked == 0 && dump->truncated) {
        page_styled(p, STYLE_BAD, "not judged: the dump is cut off");
    } else if (leaked == 0) {
        page_styled(p, STYLE_GOOD, "no leak");
    } else {
        page_styled(p, STYLE_BAD, "leaked: ");
        page_count(p, leaked, "goroutine");
        sink_puts(&p->sink, " in ");
        page_count(p, clusters, "stack");
    }
}

static void headline(struct page *p, const struct grl_assertion *a,
                     const struct grl_dump *dump)
{
    static const char *const of_what[] = {
        [GRL_BASELINE_NONE] = "",
        [GRL_BASELINE_SAME_PROCESS] = "",
        [GRL_BASELINE_NO_IDS] = "",
        [GRL_BASELINE_OTHER_RUN] = ", which is of another process",
        [GRL_BASELINE_OTHER_BUILD] = ", which is of another build",
    };

    outcome(p, a, dump);
    sink_puts(&p->sink, "\n  ");
    page_source(p, dump);
    sink_puts(&p->sink, "  ");
    page_count(p, dump->goroutines, "goroutine");
    sink_printf(&p->sink, ", %" PRIu64 " excused by rules",
                grl_assert_ignored(a));
    if (grl_assert_in_baseline(a) > 0)
        sink_printf(&p->sink, ", %" PRIu64 " in the baseline%s",
                    grl_assert_in_baseline(a), of_what[grl_assert_baseline(a)]);
    if (dump->truncated)
        sink_puts(&p->sink, ", cut off: there may be more");
    sink_puts(&p->sink, "\n");
}

static void ids(struct page *p, const struct grl_cluster *c)
{
    enum { SHOWN = 8 };

    if (c->id_count == 0)
        return;
    page_styled(p, STYLE_DIM,
                c->id_count == 1 ? "  goroutine" : "  goroutines");
    for (size_t i = 0; i < c->id_count && i < SHOWN; i++)
        sink_printf(&p->sink, " %" PRIu64, c->ids[i]);
    sink_puts(&p->sink, c->id_count > SHOWN ? " ...\n" : "\n");
}

/* A leak and the test that most of it comes from, or NULL. */
struct leak {
    const char *test;
    size_t index;
};

/* Which tests leaked it, where the heading does not say all. */
static void tests(struct page *p, const struct grl_assertion *a, size_t i)
{
    size_t count = 0;
    const struct grl_test_count *t = grl_assert_tests(a, i, &count);

    if (count == 1 && t[0].count == grl_assert_get(a, i)->count)
        return;
    for (size_t k = 0; k < count; k++) {
        sink_puts(&p->sink, k == 0 ? "  from " : ", ");
        sink_safe(&p->sink, text_of(t[k].test));
        if (t[k].count < grl_assert_get(a, i)->count)
            sink_printf(&p->sink, " (%" PRIu64 ")", t[k].count);
    }
    if (count > 0)
        sink_puts(&p->sink, "\n");
}

static void leak(struct page *p, const struct grl_assertion *a, size_t i)
{
    const struct grl_cluster *c = grl_assert_get(a, i);
    char count[40];

    snprintf(count, sizeof count, "%" PRIu64 " leaked", c->count);
    sink_puts(&p->sink, "\n");
    page_styled(p, STYLE_BAD, count);
    sink_puts(&p->sink, "  ");
    page_state(p, c);
    page_signature(p, c);
    sink_puts(&p->sink, "\n");
    page_stack(p, c);
    page_labels(p, c);
    tests(p, a, i);
    ids(p, c);
    page_hint(p, grl_explain_stack(c));
}

/* By test, those of none last, and then as they were. */
static int compare_leaks(const void *pa, const void *pb)
{
    const struct leak *a = pa;
    const struct leak *b = pb;
    int order = (a->test == NULL) - (b->test == NULL);

    if (order == 0 && a->test != b->test)
        order = strcmp(a->test, b->test);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static void heading(struct page *p, const char *test)
{
    sink_puts(&p->sink, "\n");
    if (test == NULL) {
        page_styled(p, STYLE_STRONG, "from no test that is known\n");
        return;
    }
    page_styled(p, STYLE_STRONG, "from ");
    sink_safe(&p->sink, text_of(test));
    sink_puts(&p->sink, "\n");
}

/* The leaks that are to be shown, test by test. */
static bool leaks(struct page *p, const struct grl_assertion *a, size_t count)
{
    struct leak *list = malloc((count + 1) * sizeof *list);
    const char *test = NULL;

    if (list == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t n = 0;
        const struct grl_test_count *t = grl_assert_tests(a, i, &n);

        list[i] = (struct leak){n > 0 ? t[0].test : NULL, i};
    }
    qsort(list, count, sizeof *list, compare_leaks);
    for (size_t i = 0; i < count; i++) {
        if (list[i].test != test)
            heading(p, list[i].test);
        test = list[i].test;
        leak(p, a, list[i].index);
    }
    free(list);
    return true;
}

enum grl_status text_assert(const struct grl_report *r,
                            const struct grl_assertion *a,
                            const struct grl_dump *dump, struct grl_error *err)
{
    struct page p;
    size_t shown = page_leaks(r, a);
    bool ok = true;

    page_init(&p, r, NULL);
    for (size_t i = 0; i < grl_assert_count(a); i++)
        ok = page_note(&p, grl_assert_get(a, i)) && ok;
    headline(&p, a, dump);
    ok = leaks(&p, a, shown) && ok;
    page_hidden(&p, grl_assert_count(a) - shown, "other leak is",
                "other leaks are");
    if (page_finish(&p, err) != GRL_OK)
        return GRL_EIO;
    return ok ? GRL_OK : fail_memory(err);
}
