#include "model/states.h"

static bool is_one_of(struct grl_text state, const char *const *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(state, text_of(names[i])))
            return true;
    return false;
}

bool state_is_passing(struct grl_text state)
{
    static const char *const names[] = {
        "running",
        "runnable",
        "preempted",
        "waiting",
        "copystack",
        "idle",
        "enqueue",
        "dead",
        "leaked",
        "???",
        "",
        "new goroutine",
        "waiting for cgo callback",
        "stack split",
        "stack unsplit",
        "stack growth",
        "garbage collection",
        "garbage collection scan",
        "GC assist marking",
        "GC assist wait",
        "GC mark termination",
        "GC weak to strong wait",
        "stopping the world",
        "flushing proc caches",
        "trace goroutine status",
        "trace proc status",
        "page trace flush",
        "semarelease",
        "debug call",
    };

    return is_one_of(state, names, sizeof names / sizeof names[0]);
}

bool state_is_forever(struct grl_text state)
{
    static const char *const names[] = {
        "chan receive (nil chan)",
        "chan send (nil chan)",
        "select (no cases)",
    };

    return is_one_of(state, names, sizeof names / sizeof names[0]);
}
