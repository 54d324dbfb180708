#include "parse/position.h"

/* Take one word such as " +0x1d" or " pc=0x4" off the end of *T and tell its
 * first byte; '\0' when there is none. */
static char eat_address(struct grl_text *t)
{
    size_t at = t->len;
    size_t start = 0;

    while (at > 0 && byte_is_hex(t->ptr[at - 1]))
        at--;
    /* at is behind the 'x' of "0x" */
    if (at == t->len || at < 3 || t->ptr[at - 1] != 'x' ||
        t->ptr[at - 2] != '0')
        return '\0';
    start = at - 3;
    if (t->ptr[start] == '=' && start >= 2)
        start -= 2;
    else if (t->ptr[start] != '+')
        return '\0';
    if (start > 0 && !byte_is_blank(t->ptr[start - 1]))
        return '\0';
    t->len = start > 0 ? start - 1 : 0;
    return t->ptr[start];
}

static bool ends_in_line_number(struct grl_text t)
{
    size_t at = t.len;

    while (at > 0 && byte_is_digit(t.ptr[at - 1]))
        at--;
    if (at == t.len)
        return false;
    if (at > 0 && t.ptr[at - 1] == '-') /* a broken line table */
        at--;
    return at >= 2 && t.ptr[at - 1] == ':';
}

bool position_parse(struct grl_text t, struct position *out)
{
    struct position p = {.text = t};

    for (char c = eat_address(&p.text); c != '\0'; c = eat_address(&p.text)) {
        p.offset = p.offset || c == '+';
        p.pc = p.pc || c == 'p';
    }
    while (p.text.len > 0 && byte_is_blank(p.text.ptr[p.text.len - 1]))
        p.text.len--;
    if (p.text.len == 0 ? !p.pc : !ends_in_line_number(p.text))
        return false;
    *out = p;
    return true;
}

bool position_split(struct grl_text text, struct grl_text *file, uint32_t *line)
{
    size_t colon = text_rfind_byte(text, ':');
    struct grl_text digits = {"", 0};
    uint64_t n = 0;

    *file = text_sub(text, 0, colon);
    *line = 0;
    if (colon == text.len)
        return text.len == 0;
    digits = text_sub(text, colon + 1, text.len);
    if (!text_eat_number(&digits, &n) || n > UINT32_MAX)
        return false;
    *line = (uint32_t)n;
    return true;
}
