/* GitHub's workflow commands: an annotation a leak, where it is blocked. */
#include "report/forms.h"
#include "report/page.h"
#include "report/place.h"

static void put_escaped(struct sink *s, struct grl_text t, bool property)
{
    size_t from = 0;

    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];

        if (c != '%' && c != '\n' && c != '\r' &&
            !(property && (c == ':' || c == ',')))
            continue;
        sink_safe(s, text_sub(t, from, i));
        sink_printf(s, "%%%02X", (unsigned)c);
        from = i + 1;
    }
    sink_safe(s, text_sub(t, from, t.len));
}

static void put_data(struct sink *s, struct grl_text t)
{
    put_escaped(s, t, false);
}

static void put_leak(struct sink *s, const struct grl_report *r,
                     const struct grl_cluster *c)
{
    char text[1024];

    sink_puts(s, "::error ");
    if (place_of(c) != NULL && place_of(c)->line > 0) {
        place_path(r, place_of(c), text, sizeof text);
        sink_puts(s, "file=");
        put_escaped(s, text_of(text), true);
        sink_printf(s, ",line=%u,", (unsigned)place_of(c)->line);
    }
    sink_puts(s, "title=goroutine leak::");
    place_summary(c, text, sizeof text);
    put_data(s, text_of(text));
    put_data(s, TEXT("\n"));
    place_stack(c, s, put_data);
    sink_puts(s, "\n");
}

enum grl_status github_assert(const struct grl_report *r,
                              const struct grl_assertion *a,
                              const struct grl_dump *dump,
                              struct grl_error *err)
{
    struct sink s;
    size_t shown = page_leaks(r, a);
    const char *doubt = place_doubt(a, dump, shown);

    sink_init(&s, r->write, r->user);
    for (size_t i = 0; i < shown; i++)
        put_leak(&s, r, grl_assert_get(a, i));
    if (doubt != NULL)
        sink_printf(&s, "::error title=goroutine leak::%s\n", doubt);
    return sink_finish(&s, err);
}
