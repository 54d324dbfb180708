#include "parse/delve.h"

/* The wait reason at the end of T: "[chan receive]", "[select 4h3m2.1s]" whose
 * time is not to be had of every release. */
static struct grl_text state_of(struct grl_text t)
{
    size_t from = text_rfind_byte(t, '[');
    size_t blank = 0;

    if (from == t.len || !text_eat_end(&t, TEXT("]")))
        return TEXT("");
    t = text_sub(t, from + 1, t.len);
    blank = text_rfind_byte(t, ' ');
    if (blank + 1 < t.len && byte_is_digit(t.ptr[blank + 1]) &&
        t.ptr[t.len - 1] == 's')
        t.len = blank;
    return t;
}

/* "Goroutine 5 - User: ", with a mark before the one that is selected. */
static bool is_goroutine(struct grl_text t, struct delve *d)
{
    struct grl_text state;
    uint64_t id = 0;

    text_eat(&t, TEXT("* "));
    if (!text_eat(&t, TEXT("Goroutine ")) || !text_eat_number(&t, &id) ||
        !text_eat(&t, TEXT(" - ")))
        return false;
    if (!text_starts(t, TEXT("User: ")) && !text_starts(t, TEXT("Runtime: ")) &&
        !text_starts(t, TEXT("Go: ")) && !text_starts(t, TEXT("Start: ")))
        return false;
    state = state_of(t);
    d->id = id;
    d->state_len = state.len <= sizeof d->state ? state.len : 0;
    memcpy(d->state, state.ptr, d->state_len);
    return true;
}

/* "0  0x0000000000487511 in runtime.gopark" */
static bool is_call(struct grl_text t, struct grl_text *function)
{
    uint64_t number = 0;
    size_t in = text_find(t, TEXT(" in "));

    if (in == t.len || !text_eat_number(&t, &number) ||
        !text_eat(&t, TEXT("  0x")))
        return false;
    *function = text_sub(t, text_find(t, TEXT(" in ")) + 4, t.len);
    return true;
}

static bool is_end(struct grl_text t)
{
    uint64_t count = 0;

    return text_eat(&t, TEXT("[")) && text_eat_number(&t, &count) &&
           text_equal(t, TEXT(" goroutines]"));
}

static enum delve_said read_call(struct delve *d, struct line *l,
                                 struct line *header)
{
    l->kind = LINE_CALL;
    if (!d->waits)
        return DELVE_LINE;
    d->waits = false;
    *header = (struct line){.kind = LINE_HEADER};
    header->header = (struct header){
        .id = d->id, .state = {d->state, d->state_len}, .wait_minutes = -1};
    return DELVE_HEADER;
}

static enum delve_said read_position(struct line *l, struct grl_text position)
{
    l->kind = LINE_POSITION;
    l->position = position;
    l->indented = true;
    return DELVE_LINE;
}

enum delve_said delve_read(struct delve *d, struct line *l, struct line *header)
{
    struct grl_text t = l->text;

    if (l->kind == LINE_HEADER || l->kind == LINE_BANNER ||
        l->kind == LINE_PROFILE)
        d->open = false;
    if (is_goroutine(t, d)) {
        d->open = true;
        d->waits = true;
        return DELVE_BEGINS;
    }
    if (!d->open)
        return DELVE_NOTHING;
    if (is_call(t, &l->function))
        return read_call(d, l, header);
    if (text_eat(&t, TEXT("at ")))
        return read_position(l, t);
    if (text_equal(t, TEXT("(truncated)"))) {
        l->kind = LINE_ELIDED;
        return DELVE_LINE;
    }
    d->open = !is_end(t);
    return d->open ? DELVE_NOTHING : DELVE_ENDS;
}
