#include "model/states.h"

#define NAME(text)                                                             \
    {                                                                          \
        text, sizeof(text) - 1                                                 \
    }

static bool is_one_of(struct grl_text state, const struct grl_text *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(state, names[i]))
            return true;
    return false;
}

bool state_is_passing(struct grl_text state)
{
    static const struct grl_text names[] = {
        NAME("running"),
        NAME("runnable"),
        NAME("preempted"),
        NAME("waiting"),
        NAME("copystack"),
        NAME("idle"),
        NAME("enqueue"),
        NAME("dead"),
        NAME("leaked"),
        NAME("???"),
        NAME(""),
        NAME("new goroutine"),
        NAME("waiting for cgo callback"),
        NAME("stack split"),
        NAME("stack unsplit"),
        NAME("stack growth"),
        NAME("garbage collection"),
        NAME("garbage collection scan"),
        NAME("GC assist marking"),
        NAME("GC assist wait"),
        NAME("GC mark termination"),
        NAME("GC weak to strong wait"),
        NAME("stopping the world"),
        NAME("flushing proc caches"),
        NAME("trace goroutine status"),
        NAME("trace proc status"),
        NAME("page trace flush"),
        NAME("semarelease"),
        NAME("debug call"),
        NAME("finished"), /* only in reports of races, where others run */
    };

    return is_one_of(state, names, sizeof names / sizeof names[0]);
}

bool state_is_forever(struct grl_text state)
{
    static const struct grl_text names[] = {
        NAME("chan receive (nil chan)"),
        NAME("chan send (nil chan)"),
        NAME("select (no cases)"),
    };

    return is_one_of(state, names, sizeof names / sizeof names[0]);
}
