#include "model/tally.h"

#include "base/fetch.h"
#include "base/grow.h"
#include "model/labels.h"

#include <stdlib.h>

struct tally *tally_new(struct arena *a, struct stack *stack)
{
    struct tally *t = arena_take(a, sizeof *t);

    if (t == NULL)
        return NULL;
    t->ids = &t->first_id;
    t->states = &t->first_state;
    t->id_capacity = 1;
    t->state_capacity = 1;
    t->stack = stack;
    memcpy(t->pub.signature, stack->signature, sizeof t->pub.signature);
    t->pub.frames = stack->frames;
    t->pub.frame_count = stack->frame_count;
    t->pub.created_by = stack->created_by;
    t->pub.blocked_in = stack->blocked_in;
    t->pub.elided = stack->elided;
    return t;
}

/* Make room for NEED elements of SIZE bytes, the first of which is at FIRST as
 * long as it is the only one. */
static bool outgrow(void **items, size_t *capacity, size_t need, size_t size,
                    const void *first)
{
    void *own = NULL;
    size_t room = 0;

    if (need <= *capacity || *items != first)
        return grow(items, capacity, need, size);
    if (!grow(&own, &room, need, size))
        return false;
    memcpy(own, first, size);
    *items = own;
    *capacity = room;
    return true;
}

#define OUTGROW(items, capacity, need, first)                                  \
    outgrow((void **)&(items), &(capacity), (need), sizeof *(items), &(first))

static bool add_id(struct tally *t, uint64_t id, bool keep)
{
    if (!keep && t->pub.id_count == LIMIT_LISTED_IDS)
        return true;
    if (!OUTGROW(t->ids, t->id_capacity, t->pub.id_count + 1, t->first_id))
        return false;
    t->ids[t->pub.id_count++] = id;
    return true;
}

/* The entry of STATE, which is interned: equal text is one pointer. */
static bool add_state(struct tally *t, const char *state, uint64_t count)
{
    size_t n = t->pub.state_count;
    size_t i = 0;

    while (i < n && t->states[i].state != state)
        i++;
    if (i == n && n == LIMIT_STATES)
        i = n - 1;
    if (i == n) {
        if (!OUTGROW(t->states, t->state_capacity, n + 1, t->first_state))
            return false;
        t->states[t->pub.state_count++] = (struct grl_state_count){state, 0};
    }
    t->states[i].count += count;
    return true;
}

static bool add_label(struct tally *t, const char *key, const char *value,
                      uint64_t count)
{
    size_t n = t->pub.label_count;
    size_t i = 0;

    while (i < n && (t->labels[i].key != key || t->labels[i].value != value))
        i++;
    if (i == n && n == LIMIT_LABELS) {
        t->pub.labels_cut = true;
        return true;
    }
    if (i == n) {
        if (!GROW(t->labels, t->label_capacity, n + 1))
            return false;
        t->labels[t->pub.label_count++] = (struct grl_label_count){key, value,
                                                                   0};
    }
    t->labels[i].count += count;
    return true;
}

/*
 * Once a cluster has more pairs than LIMIT_LABELS, only known ones are still
 * counted, so that labels which differ in every goroutine cost no memory.
 */
static bool add_labels(struct tally *t, struct grl_text labels, uint64_t count,
                       struct strings *names)
{
    char space[2 * LIMIT_LABEL_BYTES];
    struct grl_text key;
    struct grl_text value;

    while (labels_next(&labels, space, &key, &value)) {
        bool cut = t->pub.labels_cut;
        const struct string *k = cut ? strings_find(names, key)
                                     : strings_intern(names, key);
        const struct string *v = cut ? strings_find(names, value)
                                     : strings_intern(names, value);

        if (k != NULL && v != NULL) {
            if (!add_label(t, k->text, v->text, count))
                return false;
        } else if (!cut) {
            return false;
        }
    }
    return true;
}

bool tally_add(struct tally *t, const struct grl_goroutine *g,
               const struct string *state, bool keep_ids, struct strings *names)
{
    t->pub.count += g->count;
    t->pub.locked += g->locked ? g->count : 0;
    t->pub.leaked += g->leaked ? g->count : 0;
    if (!record_is_counted(g) &&
        (!add_state(t, state->text, g->count) || !add_id(t, g->id, keep_ids)))
        return false;
    return waits_add(&t->waits, g->wait_minutes, 1) &&
           (g->labels.len == 0 || add_labels(t, g->labels, g->count, names));
}

void tally_prepare(const struct tally *t, int64_t minutes, unsigned step)
{
    if (step == 0)
        fetch(t, sizeof *t);
    if (step != 1)
        return;
    __builtin_prefetch(t->states, 1);
    waits_prepare(&t->waits, minutes);
}

static int compare_states(const void *pa, const void *pb)
{
    const struct grl_state_count *a = pa;
    const struct grl_state_count *b = pb;

    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->state, b->state);
}

static int compare_labels(const void *pa, const void *pb)
{
    const struct grl_label_count *a = pa;
    const struct grl_label_count *b = pb;
    int order = strcmp(a->key, b->key);

    if (order != 0)
        return order;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->value, b->value);
}

void tally_freeze(struct tally *t)
{
    if (t->pub.state_count > 1)
        qsort(t->states, t->pub.state_count, sizeof t->states[0],
              compare_states);
    if (t->pub.label_count > 1)
        qsort(t->labels, t->pub.label_count, sizeof t->labels[0],
              compare_labels);
    t->pub.state = t->pub.state_count > 0 ? t->states[0].state : "";
    t->pub.states = t->states;
    t->pub.labels = t->labels;
    t->pub.ids = t->ids;
    t->pub.waits = waits_summary(&t->waits);
}

/* ITEMS without the room behind its COUNT; as it is where that fails. */
static void *fitted(void *items, size_t count, size_t size)
{
    void *less = count > 0 ? realloc(items, count * size) : NULL;

    return less != NULL ? less : items;
}

void tally_pack(struct tally *t)
{
    waits_free(&t->waits);
    if (t->ids != &t->first_id)
        t->ids = fitted(t->ids, t->pub.id_count, sizeof *t->ids);
    if (t->states != &t->first_state)
        t->states = fitted(t->states, t->pub.state_count, sizeof *t->states);
    t->labels = fitted(t->labels, t->pub.label_count, sizeof *t->labels);
    t->pub.states = t->states;
    t->pub.labels = t->labels;
    t->pub.ids = t->ids;
}

void tally_free(struct tally *t)
{
    waits_free(&t->waits);
    if (t->ids != &t->first_id)
        free(t->ids);
    if (t->states != &t->first_state)
        free(t->states);
    free(t->labels);
}
