#include "report/forms.h"
#include "report/json.h"

static json_t *causes_of(struct json_out *j, const struct grl_explanation *e)
{
    json_t *list = json_array();

    for (size_t i = 0; i < e->cause_count; i++) {
        json_t *o = json_object();

        json_put(j, o, "what", json_text(j, e->causes[i].what));
        json_put(j, o, "example", json_text(j, e->causes[i].example));
        json_put(j, o, "fix", json_text(j, e->causes[i].fix));
        json_push(j, list, o);
    }
    return list;
}

static void put_state(struct json_out *j, const struct grl_explanation *e)
{
    json_t *o = json_object();

    json_put(j, o, "state", json_text(j, e->state));
    json_put(j, o, "what", json_text(j, e->what));
    json_put(j, o, "causes", causes_of(j, e));
    json_element(j, o);
}

static void put_cluster(struct json_out *j, const struct grl_cluster *c)
{
    json_t *o = json_object();

    json_put_cluster(j, o, c);
    json_put(j, o, "cause", json_words(j, grl_explain_stack(c)));
    json_element(j, o);
}

/* E, or all that are known. */
static void put_states(struct json_out *j, const struct grl_explanation *e)
{
    if (e != NULL)
        put_state(j, e);
    for (size_t i = 0; e == NULL && grl_explain_get(i) != NULL; i++)
        put_state(j, grl_explain_get(i));
}

enum grl_status json_explain(const struct grl_report *r,
                             const struct grl_explanation *e,
                             const struct grl_dumps *d, struct grl_error *err)
{
    struct sink sink;
    struct json_out j;
    const struct grl_cluster *c = d != NULL ? grl_cluster_get(d, 0, 0) : NULL;

    if (c != NULL)
        e = grl_explain_state(c->state);
    sink_init(&sink, r->write, r->user);
    json_begin(&j, &sink, "explain");
    json_dump_list(&j, d);
    json_open_array(&j, "clusters");
    for (size_t i = 0; d != NULL && i < grl_cluster_count(d, 0); i++)
        put_cluster(&j, grl_cluster_get(d, 0, i));
    json_close_array(&j);
    json_open_array(&j, "states");
    if (c == NULL || e != NULL)
        put_states(&j, e);
    json_close_array(&j);
    return json_end(&j, err);
}
