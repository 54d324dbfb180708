/* Series of dumps: diff and trend. */
#include "option.h"

static bool set_instance(struct settings *s, const char *value)
{
    s->options.instance = value;
    return true;
}

static bool set_order(struct settings *s, const char *value)
{
    static const struct word words[] = {
        {"args", GRL_ORDER_ARGS},
        {"name", GRL_ORDER_NAME},
        {"mtime", GRL_ORDER_MTIME},
    };
    int order = 0;

    if (!choose("order", value, words, 3, &order))
        return false;
    s->order = (enum grl_order)order;
    return true;
}

static bool set_fail(struct settings *s, const char *value)
{
    (void)value;
    s->fail = true;
    return true;
}

static const struct option_spec specs[] = {
    {"instance", "REGEX", FOR_TREND, '\0',
     "judge several processes, each alone: what REGEX captures of a "
     "file's path names its process",
     set_instance},
    {"order", "ORDER", FOR_TREND, '\0',
     "order the dumps by args, name or mtime; else by timestamps in "
     "the names, or by modification time",
     set_order},
    {"fail", NULL, FOR_DIFF, '\0', "exit with 1 when a stack is new or grew",
     set_fail},
};

const struct option_group options_series = {"Judging a series", specs,
                                            sizeof specs / sizeof specs[0]};
