/* JUnit's XML: a test case a leak, or one that passes. */
#include "report/forms.h"
#include "report/moment.h"
#include "report/page.h"
#include "report/place.h"

#include <inttypes.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    default:
        return NULL;
    }
}

static void put_xml(struct sink *s, struct grl_text t)
{
    size_t from = 0;

    for (size_t i = 0; i < t.len; i++) {
        const char *e = entity(t.ptr[i]);

        if (e == NULL)
            continue;
        sink_safe(s, text_sub(t, from, i));
        sink_puts(s, e);
        from = i + 1;
    }
    sink_safe(s, text_sub(t, from, t.len));
}

static void put_leak(struct sink *s, const struct grl_report *r,
                     const struct grl_cluster *c)
{
    char text[1024];

    place_path(r, place_of(c), text, sizeof text);
    sink_puts(s, "    <testcase classname=\"goroutine leak\" name=\"");
    put_xml(s, text_of(text));
    sink_printf(
        s, ":%u #%.12s\" time=\"0\">\n      <failure type=\"leak\" message=\"",
        place_of(c) != NULL ? (unsigned)place_of(c)->line : 0u, c->signature);
    place_summary(c, text, sizeof text);
    put_xml(s, text_of(text));
    sink_puts(s, "\">");
    place_stack(c, s, put_xml);
    sink_puts(s, "</failure>\n    </testcase>\n");
}

/* When the dump was taken, or the beginning of time: the schema wants one. */
static void put_time(struct sink *s, int64_t seconds)
{
    enum { WITHOUT_ZONE = 19 };
    char text[MOMENT_BYTES] = "1970-01-01T00:00:00";

    moment_exact(text, seconds);
    sink_printf(s, "%.*s", WITHOUT_ZONE, text);
}

/* All that the schema which Ant's reports are held to wants of a suite
 * (tests/support/junit.xsd). */
static void begin_suite(struct sink *s, const struct grl_dump *dump,
                        size_t leaks, bool doubt)
{
    sink_puts(s, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                 "  <testsuite id=\"0\" package=\"goroleak\" name=\"");
    put_xml(s, text_of(dump->source));
    sink_puts(s, "\" timestamp=\"");
    put_time(s, dump->time);
    sink_printf(s,
                "\" hostname=\"localhost\" tests=\"%zu\" failures=\"%zu\" "
                "errors=\"%d\" time=\"0\">\n    <properties>\n      "
                "<property name=\"goroutines\" value=\"%" PRIu64
                "\"/>\n    </properties>\n",
                leaks > 0 ? leaks : 1, leaks, doubt, dump->goroutines);
}

/* The test case of no leak, which passes unless there is a DOUBT. */
static void put_none(struct sink *s, const char *doubt)
{
    sink_puts(s, "    <testcase classname=\"goroutine leak\" name=\"no "
                 "goroutine leaks\" time=\"0\"");
    if (doubt == NULL)
        sink_puts(s, "/>\n");
    else
        sink_printf(s,
                    ">\n      <error type=\"unseen\" message=\"%s\"/>\n"
                    "    </testcase>\n",
                    doubt);
}

enum grl_status junit_assert(const struct grl_report *r,
                             const struct grl_assertion *a,
                             const struct grl_dump *dump, struct grl_error *err)
{
    struct sink s;
    size_t shown = page_leaks(r, a);
    const char *doubt = place_doubt(a, dump, shown);

    sink_init(&s, r->write, r->user);
    begin_suite(&s, dump, shown, doubt != NULL);
    if (shown == 0)
        put_none(&s, doubt);
    for (size_t i = 0; i < shown; i++)
        put_leak(&s, r, grl_assert_get(a, i));
    sink_puts(&s, "    <system-out/>\n    <system-err/>\n  </testsuite>\n"
                  "</testsuites>\n");
    return sink_finish(&s, err);
}
