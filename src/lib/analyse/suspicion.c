/* What one dump can tell: a goroutine that nothing can wake, and its waits. */
#include "analyse/suspicion.h"

#include "base/text.h"
#include "model/states.h"

/* Enough to see a spread, and waits long enough to be no queue. */
enum { FEWEST_SPREAD = 10, LEAST_MAX_MINUTES = 10 };

/* Waits that are long in good health, such as those of idle connections. */
static bool is_idling(const char *state)
{
    return strcmp(state, "IO wait") == 0 || strcmp(state, "sleep") == 0 ||
           strcmp(state, "syscall") == 0;
}

/* The middle of an even spread lies in the middle: between a quarter and three
 * quarters of the way from the shortest wait to the longest. */
bool suspicion_waits_spread(const struct grl_cluster *c)
{
    const struct grl_waits *w = &c->waits;
    int64_t range = w->max - w->min;

    return !is_idling(c->state) && w->known >= FEWEST_SPREAD &&
           w->known * 2 >= c->count && w->max >= LEAST_MAX_MINUTES &&
           w->min * 4 <= w->max && (w->median - w->min) * 4 >= range &&
           (w->max - w->median) * 4 >= range;
}

static bool is_main(const struct grl_cluster *c)
{
    return c->count == 1 && c->id_count == 1 && c->ids[0] == 1;
}

bool suspicion_is_forever(const struct grl_cluster *c)
{
    return state_is_forever(text_of(c->state)) && !is_main(c);
}

const char *grl_suspicion(const struct grl_cluster *c)
{
    if (c->leaked > 0)
        return "the runtime marked it (leaked): nothing can reach it";
    if (suspicion_is_forever(c))
        return "nothing can ever wake it";
    if (suspicion_waits_spread(c))
        return "the waits spread evenly, as those of a leak do";
    return NULL;
}
