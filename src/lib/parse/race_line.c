#include "parse/race_line.h"

/* "Write at 0x00c0", and of Go before 1.3 "Write": an access, unless something
 * was only allocated there. */
static bool is_access(struct grl_text t)
{
    size_t at = text_find(t, TEXT(" at 0x"));
    size_t i = at + 6;

    if (at == t.len)
        return text_equal(t, TEXT("Read")) || text_equal(t, TEXT("Write")) ||
               text_equal(t, TEXT("Previous read")) ||
               text_equal(t, TEXT("Previous write"));
    while (i < t.len && byte_is_hex(t.ptr[i]))
        i++;
    return i == t.len && at > 0;
}

/* "... by goroutine 7:", "... by main goroutine:" */
static enum race_kind stack_of(struct grl_text t, uint64_t *id)
{
    size_t by = text_find(t, TEXT(" by "));
    struct grl_text who = text_sub(t, by, t.len);
    enum race_kind kind = is_access(text_sub(t, 0, by)) ? RACE_ACCESS
                                                        : RACE_OTHER;

    *id = 1;
    if (text_equal(who, TEXT(" by main goroutine:")))
        return kind;
    if (!text_eat(&who, TEXT(" by goroutine ")) || who.len < 2 ||
        !byte_is_digit(who.ptr[0]))
        return RACE_NOTHING;
    return text_eat_number(&who, id) && text_equal(who, TEXT(":")) ? kind
                                                                   : RACE_OTHER;
}

static enum race_kind creation(struct grl_text t, struct race_line *out)
{
    if (!text_eat(&t, TEXT("Goroutine ")) ||
        !text_eat_end(&t, TEXT(") created at:")))
        return RACE_NOTHING;
    if (!text_eat_number(&t, &out->id) || !text_eat(&t, TEXT(" (")))
        return RACE_OTHER;
    out->state = t;
    return RACE_CREATION;
}

void race_line_recognise(struct grl_text text, struct race_line *out)
{
    *out = (struct race_line){.kind = RACE_NOTHING, .state = TEXT("")};
    if (text.len == 0)
        return;
    if (text.ptr[text.len - 1] == ':') {
        out->kind = creation(text, out);
        if (out->kind == RACE_NOTHING)
            out->kind = stack_of(text, &out->id);
    } else if (text_ends(text, TEXT("WARNING: DATA RACE"))) {
        out->kind = RACE_WARNING;
    } else if (text_equal(text, TEXT("=================="))) {
        out->kind = RACE_END;
    } else if (text_equal(text, TEXT("[failed to restore the stack]"))) {
        out->kind = RACE_NO_STACK;
    }
}

size_t race_line_find_stack(struct grl_text line)
{
    static const char *const fronts[] = {"Goroutine ", "Read at 0x",
                                         "Write at 0x", "Previous read at 0x",
                                         "Previous write at 0x"};
    struct race_line l;

    if (line.len == 0 || line.ptr[line.len - 1] != ':')
        return line.len;
    for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++) {
        size_t at = text_find(line, text_of(fronts[i]));

        race_line_recognise(text_sub(line, at, line.len), &l);
        if (l.kind == RACE_ACCESS || l.kind == RACE_CREATION)
            return at;
    }
    return line.len;
}
