#include "parse/profile.h"

#include "parse/assemble.h"

static struct grl_text trim(struct grl_text t)
{
    while (t.len > 0 && byte_is_blank(t.ptr[0]))
        t = text_sub(t, 1, t.len);
    return t;
}

/* A word off the front of *T, and the blanks behind it. */
static struct grl_text eat_word(struct grl_text *t)
{
    struct grl_text word = *t;
    size_t n = 0;

    while (n < t->len && !byte_is_blank(t->ptr[n]))
        n++;
    *t = trim(text_sub(*t, n, t->len));
    return text_sub(word, 0, n);
}

enum grl_status profile_begin(struct text_parser *p, const struct line *l)
{
    enum grl_status st = assemble_end(p);

    if (st == GRL_OK)
        st = profile_end(p, false);
    p->reversed.order = REVERSED_NO;
    p->profile = (struct profile){
        .open = true,
        .leaks = text_starts(l->text, TEXT("goroutineleak")),
        .total = l->parent,
    };
    if (heap_begins(&p->profile.heap, l->text)) {
        if (p->reads_heap)
            delivery_banner(&p->delivery, "heap", false);
        return st;
    }
    delivery_banner(&p->delivery, "debug1", false);
    return st;
}

enum grl_status profile_end(struct text_parser *p, bool last)
{
    bool is_heap = p->profile.heap.rate > 0;
    bool told = p->profile.open && !p->profile.headless && !is_heap;
    const struct heap heap = p->profile.heap;

    if (told && p->profile.found != p->profile.total)
        assemble_damage(p, "profile does not hold as many goroutines as it "
                           "says");
    if (told && last && p->profile.found < p->profile.total)
        p->stats.truncated = true;
    if (is_heap && last && p->reads_heap && !heap_is_whole(&heap))
        p->stats.truncated = true;
    p->profile = (struct profile){0};
    return heap_is_whole(&heap) ? delivery_memory(&p->delivery, &heap.memory)
                                : GRL_OK;
}

/* "4 @ 0x43a356 0x407bfb": COUNT goroutines whose stack follows. */
static bool is_record(struct grl_text t, uint64_t *count)
{
    return text_eat_number(&t, count) && *count <= LIMIT_RECORD_COUNT &&
           text_eat(&t, TEXT(" @")) && (t.len == 0 || t.ptr[0] == ' ');
}

bool profile_is_record(struct text_parser *p, struct grl_text line)
{
    uint64_t count = 0;

    if (text_starts(line, TEXT("--- ")) ||
        (prefix_ends_as_profile(line) &&
         text_find(line, TEXT(" profile: ")) < line.len))
        p->profile.other = true;
    return !p->profile.other && is_record(line, &count) &&
           text_find(line, TEXT(" @ 0x")) < line.len;
}

enum grl_status profile_begin_cut(struct text_parser *p, struct grl_text line)
{
    p->profile = (struct profile){.open = true, .headless = true};
    delivery_banner(&p->delivery, "debug1", false);
    return profile_line(p, line);
}

static enum grl_status begin_record(struct text_parser *p, uint64_t count)
{
    const struct header none = {.wait_minutes = -1};
    enum grl_status st = assemble_begin(p, &none, p->stats.lines);

    assemble_record(p)->pub.count = count;
    assemble_record(p)->pub.leaked = p->profile.leaks;
    p->profile.found += count;
    return st;
}

/* "# labels: {"tenant":"acme", "worker":"ingest"}" */
static enum grl_status set_labels(struct text_parser *p, struct grl_text t)
{
    text_eat(&t, TEXT("{"));
    text_eat_end(&t, TEXT("}"));
    return record_set_labels(assemble_record(p), t) ? GRL_OK : GRL_ENOMEM;
}

static bool eat_hex(struct grl_text *t)
{
    struct grl_text word = eat_word(t);
    size_t n = 2;

    if (!text_starts(word, TEXT("0x")))
        return false;
    if (text_equal(word, TEXT("0x..."))) /* as documents quote them */
        return true;
    while (n < word.len && byte_is_hex(word.ptr[n]))
        n++;
    return n > 2 && n == word.len;
}

/* "main.worker+0x48" without its offset. */
static struct grl_text without_offset(struct grl_text function)
{
    size_t n = function.len;

    while (n > 0 && byte_is_hex(function.ptr[n - 1]))
        n--;
    if (n > 3 && n < function.len &&
        memcmp(function.ptr + n - 3, "+0x", 3) == 0)
        return text_sub(function, 0, n - 3);
    return function;
}

/* "0x4eef48<tab>main.worker+0x48<tabs>/src/main.go:68", or an address alone,
 * which is 0 for a stack with nothing in it. */
static enum grl_status add_frame(struct text_parser *p, struct grl_text t)
{
    bool nothing = text_equal(t, TEXT("0x0"));
    struct grl_text function;

    if (!eat_hex(&t)) {
        assemble_skip_line(p, p->stats.lines);
        return GRL_OK;
    }
    if (nothing) {
        assemble_record(p)->pub.unavailable = true;
        return GRL_OK;
    }
    function = without_offset(eat_word(&t));
    assemble_keep_name(p,
                       function.len > 0 ? function : TEXT("non-Go function"));
    return assemble_push(p, t);
}

/* Does LINE begin a record, and of how many?  Of the heap's none is wanted
 * where goroutines are read. */
static bool begins_record(struct text_parser *p, struct grl_text line,
                          uint64_t *count)
{
    if (p->profile.heap.rate == 0)
        return is_record(line, count);
    if (!heap_record(&p->profile.heap, line, count))
        return false;
    *count = p->reads_heap ? *count : 0;
    return true;
}

static bool has_single_address(struct grl_text record)
{
    size_t at = text_find(record, TEXT(" @ 0x"));
    struct grl_text stack = text_sub(record, at + 3, record.len);

    return at < record.len && text_find_byte(stack, ' ') == stack.len;
}

/* A blank line.  A record of one address without a line for it is not damaged:
 * those goroutines have not begun to run, and runtime.goexit is never shown. */
static enum grl_status end_record(struct text_parser *p)
{
    if (p->at == PLACE_STACK && p->profile.single &&
        assemble_record(p)->pub.frame_count == 0)
        assemble_record(p)->pub.unavailable = true;
    return assemble_end(p);
}

enum grl_status profile_line(struct text_parser *p, struct grl_text line)
{
    uint64_t count = 0;

    if (line.len == 0)
        return end_record(p);
    if (heap_memory(&p->profile.heap, line))
        return GRL_OK;
    if (begins_record(p, line, &count)) {
        p->profile.single = has_single_address(line);
        return count > 0 ? begin_record(p, count) : assemble_end(p);
    }
    if (p->at != PLACE_STACK)
        return GRL_OK; /* of no record, such as the notes of a person */
    if (text_eat(&line, TEXT("# labels: ")))
        return set_labels(p, line);
    text_eat(&line, TEXT("#"));
    return add_frame(p, trim(line));
}
