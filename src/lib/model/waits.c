#include "model/waits.h"

#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

enum { EXACT_MINUTES = 128, STEPS_PER_OCTAVE = 64, STEP_BITS = 6 };

static unsigned octave_of(uint64_t minutes)
{
    return 63 - (unsigned)__builtin_clzll(minutes);
}

static uint32_t step_of(int64_t minutes)
{
    uint64_t m = (uint64_t)minutes;
    unsigned octave = 0;

    if (m < EXACT_MINUTES)
        return (uint32_t)m;
    octave = octave_of(m);
    return (uint32_t)(EXACT_MINUTES + (octave - 7) * STEPS_PER_OCTAVE +
                      ((m >> (octave - STEP_BITS)) & (STEPS_PER_OCTAVE - 1)));
}

/* The smallest number of minutes in STEP. */
static int64_t minutes_of(uint32_t step)
{
    unsigned octave = 0;
    uint64_t part = 0;

    if (step < EXACT_MINUTES)
        return step;
    octave = 7 + (step - EXACT_MINUTES) / STEPS_PER_OCTAVE;
    part = (step - EXACT_MINUTES) % STEPS_PER_OCTAVE;
    return (int64_t)((STEPS_PER_OCTAVE + part) << (octave - STEP_BITS));
}

/* Where STEP is or belongs. */
static size_t place_of(const struct waits *w, uint32_t step)
{
    size_t low = 0;
    size_t n = w->count;

    /* Waits come in no order, so that no branch on them can be foretold. */
    for (size_t half = n / 2; n > 1; n -= half, half = n / 2)
        low += w->steps[low + half - 1].step < step ? half : 0;
    return low + (n == 1 && w->steps[low].step < step);
}

static bool add_step(struct waits *w, uint32_t step, uint64_t times)
{
    size_t at = place_of(w, step);

    if (at == w->count || w->steps[at].step != step) {
        if (!GROW(w->steps, w->capacity, w->count + 1))
            return false;
        memmove(w->steps + at + 1, w->steps + at,
                (w->count - at) * sizeof w->steps[0]);
        w->steps[at] = (struct wait_step){.step = step};
        w->count++;
    }
    w->steps[at].count += times;
    return true;
}

bool waits_add(struct waits *w, int64_t minutes, uint64_t times)
{
    if (minutes < 0 || times == 0)
        return true;
    if (!add_step(w, step_of(minutes), times))
        return false;
    if (w->known == 0 || minutes < w->min)
        w->min = minutes;
    if (w->known == 0 || minutes > w->max)
        w->max = minutes;
    w->known += times;
    return true;
}

bool waits_merge(struct waits *into, const struct waits *from)
{
    if (from->known == 0)
        return true;
    for (size_t i = 0; i < from->count; i++)
        if (!add_step(into, from->steps[i].step, from->steps[i].count))
            return false;
    if (into->known == 0 || from->min < into->min)
        into->min = from->min;
    if (into->known == 0 || from->max > into->max)
        into->max = from->max;
    into->known += from->known;
    return true;
}

/* The lower median, kept between min and max. */
static int64_t median(const struct waits *w)
{
    uint64_t below = 0;
    size_t i = 0;
    int64_t minutes = 0;

    for (; i < w->count; i++) {
        below += w->steps[i].count;
        if (below >= (w->known + 1) / 2)
            break;
    }
    minutes = minutes_of(w->steps[i].step);
    return minutes < w->min ? w->min : minutes;
}

struct grl_waits waits_summary(const struct waits *w)
{
    if (w->known == 0)
        return (struct grl_waits){0};
    return (struct grl_waits){w->known, w->min, median(w), w->max};
}

void waits_free(struct waits *w)
{
    free(w->steps);
    *w = (struct waits){0};
}
