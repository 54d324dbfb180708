#include "model/waits.h"

#include <stdlib.h>

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

static uint32_t step_in(uint64_t slot)
{
    return (uint32_t)(slot >> WAITS_COUNT_BITS);
}

static const uint64_t most = ((uint64_t)1 << WAITS_COUNT_BITS) - 1;

static uint64_t count_in(uint64_t slot)
{
    return slot & most;
}

/* The slot of STEP, or the free one where it belongs; some are always free. */
static uint64_t *slot_of(const struct waits *w, uint32_t step)
{
    uint32_t at = step & (w->capacity - 1);

    while (w->slots[at] != 0 && step_in(w->slots[at]) != step)
        at = (at + 1) & (w->capacity - 1);
    return &w->slots[at];
}

/* Room for one more step, with a quarter of the slots free. */
static bool make_room(struct waits *w)
{
    struct waits old = *w;

    if (w->count + 1 <= w->capacity / 4 * 3)
        return true;
    w->capacity = old.capacity > 0 ? 2 * old.capacity : 4;
    w->slots = calloc(w->capacity, sizeof *w->slots);
    if (w->slots == NULL) {
        *w = old;
        return false;
    }
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.slots[i] != 0)
            *slot_of(w, step_in(old.slots[i])) = old.slots[i];
    free(old.slots);
    return true;
}

static bool add_slot(struct waits *w, uint32_t step, uint64_t times)
{
    uint64_t *slot = w->capacity > 0 ? slot_of(w, step) : NULL;

    if (slot == NULL || *slot == 0) {
        if (!make_room(w))
            return false;
        slot = slot_of(w, step);
        *slot = (uint64_t)step << WAITS_COUNT_BITS;
        w->count++;
    }
    *slot += times < most - count_in(*slot) ? times : most - count_in(*slot);
    return true;
}

/* Most stacks of a dump without a leak have one goroutine, which needs none. */
static bool add_step(struct waits *w, uint32_t step, uint64_t times)
{
    if (w->capacity == 0 && (w->known == 0 || step == step_of(w->min)))
        return true;
    if (w->capacity == 0 && !add_slot(w, step_of(w->min), w->known))
        return false;
    return add_slot(w, step, times);
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

void waits_prepare(const struct waits *w, int64_t minutes)
{
    if (minutes >= 0 && w->capacity > 0)
        __builtin_prefetch(&w->slots[step_of(minutes) & (w->capacity - 1)], 1);
}

/* How many have waited as long as STEP or shorter? */
static uint64_t count_up_to(const struct waits *w, uint32_t step)
{
    uint64_t n = 0;

    for (uint32_t i = 0; i < w->capacity; i++)
        n += step_in(w->slots[i]) <= step ? count_in(w->slots[i]) : 0;
    return n;
}

/* The lower median, kept between min and max: by bisection, as slots are in no
 * order. */
static int64_t median(const struct waits *w)
{
    uint32_t low = step_of(w->min);
    uint32_t high = step_of(w->max);
    int64_t minutes = 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (count_up_to(w, middle) >= (w->known + 1) / 2)
            high = middle;
        else
            low = middle + 1;
    }
    minutes = minutes_of(low);
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
    free(w->slots);
    *w = (struct waits){0};
}
