#include "drop.h"

#include "keeping.h"
#include "message.h"
#include "option.h"

static bool drop_one(const struct settings *s, struct grl_history *h,
                     const char *number)
{
    unsigned long long n = 0;
    const char *end = number;
    struct grl_error err;
    bool found = false;

    if (!read_number(number, &n, &end) || *end != '\0' || n > INT64_MAX) {
        complain("history drop: '%s' is no number of a snapshot", number);
        return false;
    }
    if (grl_history_drop(h, (int64_t)n, &found, &err) != GRL_OK)
        complain_error(s->history, &err);
    else if (!found)
        complain("%s: has no snapshot %s; 'history --all list' says which it "
                 "has",
                 s->history, number);
    return found;
}

bool drop(struct settings *s, struct grl_history *h, char **numbers, int count)
{
    if (!keeping_begin(s, h))
        return false;
    for (int i = 0; i < count; i++)
        if (!drop_one(s, h, numbers[i]))
            return false; /* closing undoes the others */
    return keeping_commit(s, h);
}
