/*
 * The body of the fast path, once for each instruction set: whoever includes
 * it defines FAST_TARGET, an attribute, FAST_READ, a name, and
 *
 *   bool same(a, b, n)       are N bytes equal?
 *   arguments_to(p, end)     where the argument bytes at P end, or END
 *   offset_to(p, end)        behind "\n" or " +0x1d\n" at P, or NULL
 *   until(p, end, a, b)      the first byte A or B, or END
 *
 * which may read WIDE_BYTES beyond what they compare: no further than END.
 */

/* Is there room for N bytes and a wide read behind them? */
FAST_TARGET static inline bool has(const char *p, const char *end, size_t n)
{
    return (size_t)(end - p) >= n + WIDE_BYTES;
}

/* "\tfile:line", an offset or none, and a newline. */
FAST_TARGET static inline const char *
behind_position(const char *p, const char *end, const struct raw_frame *f)
{
    if (!has(p, end, f->position_len + 1) || *p != '\t' ||
        !same(p + 1, raw_position(f).ptr, f->position_len))
        return NULL;
    return offset_to(p + 1 + f->position_len, end);
}

/* "name(args)\n" and the position. */
FAST_TARGET static inline const char *
behind_call(const char *p, const char *end, const struct raw_frame *f)
{
    size_t n = f->function_len;

    if (!has(p, end, n + 1) || p[n] != '(' || !same(p, f->text, n))
        return NULL;
    p = arguments_to(p + n + 1, end);
    if (!has(p, end, 2) || p[0] != ')' || p[1] != '\n')
        return NULL;
    return behind_position(p + 2, end, f);
}

/* " in goroutine 12\n" or "\n" at P. */
FAST_TARGET static inline const char *
behind_parent(const char *p, const char *end, uint64_t *parent)
{
    struct grl_text digits;

    *parent = 0;
    if (*p == ' ') {
        if (!has(p, end, 14) || memcmp(p, " in goroutine ", 14) != 0)
            return NULL;
        digits = (struct grl_text){p + 14, (size_t)(end - p - 14)};
        if (!text_eat_number(&digits, parent))
            return NULL;
        p = digits.ptr;
    }
    return p < end && *p == '\n' ? p + 1 : NULL;
}

/* Behind "created by ": the function, its goroutine and the position. */
FAST_TARGET static inline const char *behind_creator(const char *p,
                                                     const char *end,
                                                     const struct raw_frame *f,
                                                     uint64_t *parent)
{
    size_t n = f->function_len;

    if (!has(p, end, n + 1) || !same(p, f->text, n))
        return NULL;
    p = behind_parent(p + n, end, parent);
    return p != NULL ? behind_position(p, end, f) : NULL;
}

/* Where the name of the call at P ends: its first '(' that opens no "(*T)". */
FAST_TARGET static inline const char *end_of_name(const char *p,
                                                  const char *end)
{
    const char *open = until(p, end, '(', '\n');

    while (has(open, end, 2) && open[0] == '(' && open[1] == '*')
        open = until(open + 1, end, '(', '\n');
    return open;
}

/* The frames that could be at P by the name there, of a call or of a creator,
 * and by the end of the position below; NULL for none. */
FAST_TARGET static inline known_row *row_at(const struct fast *f, const char *p,
                                            const char *end, bool creator)
{
    const char *name_end = creator ? until(p, end, ' ', '\n')
                                   : end_of_name(p, end);
    const char *newline = until(name_end, end, '\n', '\n');
    const char *at = newline + 2; /* behind the tab */
    size_t len = (size_t)(name_end - p);

    if (!has(newline, end, 3) || newline[1] != '\t' || len == 0 ||
        len > KNOWN_NAME_BYTES)
        return NULL;
    return known_row_of(
        f->known, (struct grl_text){p, len},
        (struct grl_text){at, (size_t)(until(at, end, ' ', '\n') - at)});
}

/* Is FRAME at P, as a creator or as a call?  Where it ends, or NULL. */
FAST_TARGET static inline const char *
behind_frame(const char *p, const char *end, const struct raw_frame *frame,
             bool creator, uint64_t *parent)
{
    return creator ? behind_creator(p, end, frame, parent)
                   : behind_call(p, end, frame);
}

/* Look for the frame at P among all that have its name.  Apart from its
 * callers, which seldom need it. */
FAST_TARGET __attribute__((noinline)) static const struct raw_frame *
look_up(const struct fast *f, const char *p, const char *end, bool creator,
        uint64_t *parent, const char **to)
{
    known_row *row = row_at(f, p, end, creator);

    for (size_t i = 0; row != NULL && i < KNOWN_WAYS; i++) {
        const struct raw_frame *at = atomic_load_explicit(&(*row)[i],
                                                          memory_order_acquire);

        *to = at != NULL ? behind_frame(p, end, at, creator, parent) : NULL;
        if (*to != NULL)
            return at;
    }
    return NULL;
}

static const char created[] = "created by ";

FAST_TARGET static inline bool is_creator(const char *p, const char *end)
{
    return has(p, end, sizeof created) &&
           memcmp(p, created, sizeof created - 1) == 0;
}

/* The frame at P that came last behind *AT: where it ends, or NULL. */
FAST_TARGET static inline const char *
behind_guess(const struct fast *f, const char *p, const char *end, bool creator,
             struct fast_place *at, const struct raw_frame **frame,
             uint64_t *parent)
{
    uint32_t guess = trace_guess(&f->trace, at->node);
    const char *to = NULL;

    *frame = f->trace.nodes[guess].frame;
    if (*frame != NULL)
        to = behind_frame(p, end, *frame, creator, parent);
    if (to != NULL)
        *at = (struct fast_place){guess, fast_path(at->path, *frame)};
    return to;
}

FAST_TARGET static inline const char *take_calls(struct fast *f, const char *p,
                                                 const char *end,
                                                 struct fast_stack *out)
{
    const struct raw_frame *frame = NULL;
    uint64_t none = 0;
    struct fast_place at = out->at;
    size_t n = 0;

    for (; n < out->room; n++) {
        const char *to = behind_guess(f, p, end, false, &at, &frame, &none);

        if (to == NULL) {
            if (!has(p, end, 1) || *p == '\n' || is_creator(p, end))
                break;
            frame = look_up(f, p, end, false, &none, &to);
            if (frame == NULL)
                break;
            fast_pass(f, &at, frame);
        }
        out->frames[n] = frame->pub;
        p = to;
    }
    out->at = at;
    out->frame_count = n;
    out->lines = 2 * n;
    return p;
}

FAST_TARGET static inline const char *take_creator(struct fast *f,
                                                   const char *p,
                                                   const char *end,
                                                   struct fast_stack *out)
{
    const struct raw_frame *frame = NULL;
    const char *to = NULL;

    if (!is_creator(p, end))
        return p;
    p += sizeof created - 1;
    to = behind_guess(f, p, end, true, &out->at, &frame, &out->parent);
    if (to == NULL) {
        frame = look_up(f, p, end, true, &out->parent, &to);
        if (frame == NULL)
            return p - (sizeof created - 1);
        fast_pass(f, &out->at, frame);
    }
    out->creator = frame;
    out->lines += 2;
    return to;
}

FAST_TARGET void FAST_READ(struct fast *f, const char *bytes, const char *end,
                           struct fast_stack *out)
{
    const char *p = take_calls(f, bytes, end, out);

    p = take_creator(f, p, end, out);
    if (p > bytes && p < end && *p == '\n') {
        out->complete = true;
        out->lines++;
        p++;
    }
    out->len = (size_t)(p - bytes);
}
