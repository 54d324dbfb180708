#include "mixed.h"

#include "message.h"

bool mixed_is(struct grl_history *h, const char *instance)
{
    enum { NEWEST = 16 };
    struct grl_options options;
    struct grl_dumps *d = NULL;
    struct grl_trend *t = NULL;
    enum grl_status st = GRL_OK;

    grl_options_init(&options);
    options.keep_ids = true;
    st = grl_dumps_new(&d, &options, NULL);
    if (st == GRL_OK)
        st = grl_history_load(h, instance, NEWEST, d, NULL);
    if (st == GRL_OK)
        st = grl_trend_new(&t, d, NULL);
    grl_trend_free(t);
    grl_dumps_free(d);
    return st == GRL_EMIXED;
}

void mixed_complain(const struct settings *s, const char *instance)
{
    complain("%s: two processes are recorded as '%s', by their goroutine ids; "
             "give each a new --instance of its own, or 'history drop' what is "
             "of one",
             s->history, instance_shown(instance));
}
