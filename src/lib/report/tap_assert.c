/* TAP: a failed test point a leak, or one that passes.  Versions 13 and 14 have
 * the same lines for that below the first, which is all that consumers of 13,
 * such as prove, refuse of 14. */
#include "report/forms.h"
#include "report/page.h"
#include "report/place.h"

/* A '#' begins a directive. */
static void put_words(struct sink *s, struct grl_text t)
{
    size_t from = 0;

    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] == '#' || t.ptr[i] == '\\') {
            sink_safe(s, text_sub(t, from, i));
            sink_puts(s, "\\");
            from = i;
        }
    sink_safe(s, text_sub(t, from, t.len));
}

/* Indented, as the literal block of YAML that it is. */
static void put_indented(struct sink *s, struct grl_text t)
{
    size_t from = 0;

    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] == '\n') {
            sink_safe(s, text_sub(t, from, i));
            sink_puts(s, "\n    ");
            from = i + 1;
        }
    sink_safe(s, text_sub(t, from, t.len));
}

static void put_leak(struct sink *s, const struct grl_cluster *c, size_t number)
{
    char text[1024];

    place_summary(c, text, sizeof text);
    sink_printf(s, "not ok %zu - ", number);
    put_words(s, text_of(text));
    sink_printf(s, "\n  ---\n  signature: \"%s\"\n  stack: |\n    ",
                c->signature);
    place_stack(c, s, put_indented);
    sink_puts(s, "\n  ...\n");
}

enum grl_status tap_assert(const struct grl_report *r,
                           const struct grl_assertion *a,
                           const struct grl_dump *dump, struct grl_error *err)
{
    struct sink s;
    size_t shown = page_leaks(r, a);
    const char *doubt = place_doubt(a, dump, shown);

    sink_init(&s, r->write, r->user);
    sink_printf(&s, "TAP version %d\n1..%zu\n",
                r->format == GRL_TAP13 ? 13 : 14, shown > 0 ? shown : 1);
    if (doubt != NULL)
        sink_printf(&s, "not ok 1 - %s\n", doubt);
    else if (shown == 0)
        sink_puts(&s, "ok 1 - no goroutine leaks\n");
    for (size_t i = 0; i < shown; i++)
        put_leak(&s, grl_assert_get(a, i), i + 1);
    return sink_finish(&s, err);
}
