#include "base/sink.h"
#include "report/forms.h"

static void put_code(struct sink *s, const char *code)
{
    struct grl_text rest = text_of(code);

    while (rest.len > 0) {
        size_t end = text_find_byte(rest, '\n');

        sink_puts(s, "      ");
        sink_text(s, text_sub(rest, 0, end));
        sink_puts(s, "\n");
        rest = text_sub(rest, end + (end < rest.len), rest.len);
    }
}

static void put_explanation(struct sink *s, const struct grl_explanation *e)
{
    sink_printf(s, "%s: the goroutine %s\n", e->state, e->what);
    for (size_t i = 0; i < e->cause_count; i++) {
        sink_printf(s, "\n  %zu. %s\n\n", i + 1, e->causes[i].what);
        put_code(s, e->causes[i].example);
        sink_printf(s, "\n     fix: %s\n", e->causes[i].fix);
    }
}

static void put_list(struct sink *s)
{
    const struct grl_explanation *e = NULL;

    for (size_t i = 0; (e = grl_explain_get(i)) != NULL; i++)
        sink_printf(s, "%-24s %s\n", e->state, e->what);
}

/* Below the stack what it betrays, then its wait reason. */
static void put_below(struct sink *s, const struct grl_cluster *c)
{
    const struct grl_explanation *e = grl_explain_state(c->state);

    if (grl_explain_stack(c) != NULL) {
        sink_puts(s, "\n");
        sink_puts(s, grl_explain_stack(c));
        sink_puts(s, "\n");
    }
    if (e == NULL)
        return;
    sink_puts(s, "\n");
    put_explanation(s, e);
}

enum grl_status text_explain(const struct grl_report *r,
                             const struct grl_explanation *e,
                             const struct grl_dumps *d, struct grl_error *err)
{
    struct sink s;
    enum grl_status st = d != NULL ? text_scan(r, d, err) : GRL_OK;

    if (st != GRL_OK)
        return st;
    sink_init(&s, r->write, r->user);
    if (d != NULL)
        put_below(&s, grl_cluster_get(d, 0, 0));
    else if (e != NULL)
        put_explanation(&s, e);
    else
        put_list(&s);
    return sink_finish(&s, err);
}
