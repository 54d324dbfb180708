#include "parse/line.h"

#include "parse/heap.h"

#include "parse/arguments.h"
#include "parse/position.h"

static bool are_arguments(struct grl_text t)
{
    return arguments_end(t.ptr, t.ptr + t.len) == t.ptr + t.len;
}

/* Where the '(' stands before the arguments that end at the end of T; T.len
 * when something else does. */
static size_t find_arguments(struct grl_text t)
{
    const char *open = arguments_begin(t.ptr + t.len, t.ptr);

    return open != NULL && *open == '(' ? (size_t)(open - t.ptr) : t.len;
}

/* A Go function never has a blank in its printed name. */
static bool is_function(struct grl_text t)
{
    return t.len > 0 && text_find_byte(t, ' ') == t.len &&
           text_find_byte(t, '\t') == t.len;
}

/* "name(args)"; names hold parentheses themselves, arguments never do. */
static bool is_call(struct grl_text t, struct line *out)
{
    struct grl_text inside = t;
    size_t open = 0;

    if (!text_eat_end(&inside, TEXT(")")))
        return false;
    open = find_arguments(inside);
    if (open == inside.len || !is_function(text_sub(t, 0, open)))
        return false;
    out->kind = LINE_CALL;
    out->function = text_sub(t, 0, open);
    return true;
}

/* "name(0x1, 0x2," whose rest stands on the next line, or nowhere. */
static bool is_open_call(struct grl_text t, struct line *out)
{
    size_t open = find_arguments(t);

    if (open == t.len || !is_function(text_sub(t, 0, open)) ||
        text_find_byte(text_sub(t, 0, open), '.') == open)
        return false;
    out->kind = LINE_OPEN_CALL;
    out->function = text_sub(t, 0, open);
    return true;
}

static bool is_created(struct grl_text t, struct line *out)
{
    size_t in = 0;

    if (!text_eat(&t, TEXT("created by ")))
        return false;
    in = text_find(t, TEXT(" in goroutine "));
    if (!is_function(text_sub(t, 0, in)))
        return false;
    if (in < t.len) {
        struct grl_text id = text_sub(t, in + 14, t.len);

        if (id.len > 0 && !byte_is_digit(id.ptr[0]))
            return false;
        if (!text_eat_number(&id, &out->parent))
            out->parent = 0; /* out of range */
    }
    out->kind = LINE_CREATED;
    out->function = text_sub(t, 0, in);
    return true;
}

static bool is_elided(struct grl_text t)
{
    return text_eat(&t, TEXT("...")) &&
           text_eat_end(&t, TEXT(" frames elided..."));
}

static bool is_origin(struct grl_text t)
{
    uint64_t id = 0;

    return text_eat(&t, TEXT("[originating from goroutine ")) &&
           text_eat_number(&t, &id) && text_starts(t, TEXT("]"));
}

/* Lines that announce a dump, and the form they announce. */
static const char *banner_form(struct grl_text t)
{
    text_eat(&t, TEXT("^\\")); /* the terminal's echo of Ctrl-backslash */
    if (text_starts(t, TEXT("panic: test timed out after ")))
        return "timeout";
    if (text_starts(t, TEXT("panic: ")) || text_equal(t, TEXT("panic:")) ||
        text_starts(t, TEXT("fatal error: ")) ||
        text_starts(t, TEXT("throw: ")) || text_starts(t, TEXT("Exception 0x")))
        return "panic";
    if (text_starts(t, TEXT("POTENTIAL DEADLOCK:")))
        return "go-deadlock";
    if (text_starts(t, TEXT("SIG"))) {
        size_t colon = text_find(t, TEXT(": "));
        size_t i = 3;

        while (i < colon && ((t.ptr[i] >= 'A' && t.ptr[i] <= 'Z') ||
                             byte_is_digit(t.ptr[i])))
            i++;
        return colon < t.len && i == colon && i > 3 ? "sigquit" : NULL;
    }
    return NULL;
}

/* "rax    0x1", "r0   0x0	r1   0x1": what a crash prints of a thread. */
static bool is_register(struct grl_text t)
{
    size_t name = 0;

    while (name < t.len && ((t.ptr[name] >= 'a' && t.ptr[name] <= 'z') ||
                            byte_is_digit(t.ptr[name])))
        name++;
    if (name == 0 || name > 8 || name == t.len || !byte_is_blank(t.ptr[name]))
        return false;
    while (name < t.len && byte_is_blank(t.ptr[name]))
        name++;
    return text_starts(text_sub(t, name, t.len), TEXT("0x"));
}

/* "0x000000c0000b3d80:  0x...", "00002e06ee833ca0: 00002e06 ...", a heading of
 * nibble numbers, or the line of carets below a word. */
static bool is_hex_dump(struct grl_text t)
{
    size_t i = text_starts(t, TEXT("0x")) ? 2 : 0;
    size_t from = i;

    while (i < t.len && byte_is_hex(t.ptr[i]))
        i++;
    if (i - from >= 8 && i < t.len && t.ptr[i] == ':')
        return true;
    if (text_starts(t, TEXT("^")))
        return true;
    for (i = 0; i < t.len; i++)
        if (!byte_is_hex(t.ptr[i]) && t.ptr[i] != ' ')
            return false;
    return t.len > 2 && t.ptr[1] == ' ';
}

/* The rest of a line that a terminal or a mail wrapped. */
static bool is_wrapped_rest(struct grl_text t)
{
    if (text_starts(t, TEXT("+0x")))
        return true;
    text_eat_end(&t, TEXT(")"));
    return (text_starts(t, TEXT("0x")) || text_starts(t, TEXT("{0x"))) &&
           are_arguments(t);
}

static bool is_diagnostic(struct grl_text t)
{
    static const struct grl_text known[] = {
        {"runtime: ", 9}, {"stack: frame=", 13}, {"[signal ", 8},
        {"PC=", 3},       {"exit status ", 12},  {"goroutine in ", 13},
        {"stack=[", 7},   {"FAIL\t", 5},         {"----- ", 6},
        {"rflags ", 7},   {"eflags ", 7},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (text_starts(t, known[i]))
            return true;
    return text_equal(t, TEXT("FAIL")) || is_register(t) || is_hex_dump(t) ||
           is_wrapped_rest(t);
}

static bool is_position(struct grl_text t, struct line *out)
{
    struct position p;

    if (!position_parse(t, &p))
        return false;
    out->kind = LINE_POSITION;
    out->position = p.text;
    out->offset = p.offset;
    out->c_frame = p.pc && !p.offset;
    return true;
}

/* "goroutine profile: total 29", also of the goroutineleak profile. */
static bool is_profile(struct grl_text t, struct line *out)
{
    return (text_eat(&t, TEXT("goroutine profile: total ")) ||
            text_eat(&t, TEXT("goroutineleak profile: total "))) &&
           text_eat_number(&t, &out->parent) && t.len == 0;
}

/* Kinds that a first byte betrays. */
static bool is_marked(struct grl_text t, struct line *out)
{
    switch (t.ptr[0]) {
    case 'g':
        if (header_parse(t, &out->header))
            out->kind = LINE_HEADER;
        else if (is_profile(t, out))
            out->kind = LINE_PROFILE;
        else if (text_starts(t, TEXT("goroutine ")) &&
                 text_ends(t, TEXT("; stack unavailable")))
            out->kind = LINE_UNAVAILABLE;
        else if (header_is_broken(t))
            out->kind = LINE_BROKEN_HEADER;
        else
            return false;
        return true;
    case 'h':
        out->kind = LINE_PROFILE;
        return heap_begins(&(struct heap){0}, t);
    case 'c':
        return is_created(t, out);
    case '.':
        out->kind = LINE_ELIDED;
        return is_elided(t);
    case '[':
        out->kind = LINE_ORIGIN;
        return is_origin(t);
    case 'n':
        out->kind = LINE_NON_GO;
        return text_starts(t, TEXT("non-Go function at pc="));
    case 'r':
        out->kind = LINE_OTHER_STACK;
        return text_equal(t, TEXT("runtime stack:"));
    case '-':
        out->kind = LINE_SECTION;
        return text_equal(t, TEXT("-----"));
    case 'P':
    case 'p':
    case 'f':
    case 't':
    case 'E':
    case 'S':
    case '^':
        out->kind = LINE_BANNER;
        out->form = banner_form(t);
        return out->form != NULL;
    default:
        return false;
    }
}

/* net/http logs a handler's panic in front of the handler's stack. */
static bool is_http_panic(struct grl_text t, struct line *out)
{
    if (out->indented || text_find(t, TEXT(" panic serving ")) == t.len)
        return false;
    out->kind = LINE_BANNER;
    out->form = "panic";
    return true;
}

static struct grl_text trim(struct grl_text t, bool *indented)
{
    size_t from = 0;

    while (t.len > 0 &&
           (byte_is_blank(t.ptr[t.len - 1]) || t.ptr[t.len - 1] == '\r'))
        t.len--;
    while (from < t.len && (byte_is_blank(t.ptr[from]) || t.ptr[from] == '\r'))
        from++;
    *indented = from > 0;
    return text_sub(t, from, t.len);
}

void line_recognise(struct grl_text raw, struct line *out)
{
    struct grl_text t;

    *out = (struct line){.kind = LINE_BLANK};
    t = trim(raw, &out->indented);
    out->text = t;
    if (t.len == 0 || is_marked(t, out) || is_call(t, out) ||
        is_http_panic(t, out) || is_position(t, out))
        return;
    if (is_diagnostic(t))
        out->kind = LINE_DIAGNOSTIC;
    else if (!is_open_call(t, out))
        out->kind = LINE_TEXT;
}
