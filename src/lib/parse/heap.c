#include "parse/heap.h"

#include "base/limits.h"

#include <math.h>

bool heap_begins(struct heap *h, struct grl_text line)
{
    struct grl_text mark = TEXT("@ heap/");
    size_t at = text_find(line, mark);
    uint64_t twice = 0;

    *h = (struct heap){0};
    if (!text_starts(line, TEXT("heap profile: ")) || at == line.len)
        return false;
    line = text_sub(line, at + mark.len, line.len);
    if (!text_eat_number(&line, &twice))
        return false;
    h->rate = twice > 2 ? twice / 2 : 1;
    return true;
}

static uint64_t unsampled(uint64_t objects, uint64_t bytes, uint64_t rate)
{
    double mean = (double)bytes / (double)objects;
    double all = (double)bytes;

    if (rate > 1)
        all /= -expm1(-mean / (double)rate);
    return all < (double)LIMIT_RECORD_BYTES ? (uint64_t)all
                                            : LIMIT_RECORD_BYTES;
}

bool heap_record(const struct heap *h, struct grl_text line, uint64_t *bytes)
{
    uint64_t objects = 0;
    uint64_t sampled = 0;
    uint64_t unused = 0;

    if (!text_eat_number(&line, &objects) || !text_eat(&line, TEXT(": ")) ||
        !text_eat_number(&line, &sampled) || !text_eat(&line, TEXT(" [")) ||
        !text_eat_number(&line, &unused) || !text_eat(&line, TEXT(": ")) ||
        !text_eat_number(&line, &unused) || !text_eat(&line, TEXT("] @")))
        return false;
    *bytes = objects > 0 && sampled > 0 ? unsampled(objects, sampled, h->rate)
                                        : 0;
    return true;
}

bool heap_memory(struct heap *h, struct grl_text line)
{
    const struct {
        struct grl_text name;
        uint64_t *value;
    } members[] = {
        {TEXT("HeapInuse = "), &h->memory.heap_inuse},
        {TEXT("Stack = "), &h->memory.stack_inuse}, /* in use / reserved */
        {TEXT("Sys = "), &h->memory.sys},
        {TEXT("NumGC = "), &h->memory.num_gc},
    };

    if (h->rate == 0 || !text_eat(&line, TEXT("# ")))
        return false;
    for (unsigned i = 0; i < sizeof members / sizeof members[0]; i++)
        if (text_eat(&line, members[i].name) &&
            text_eat_number(&line, members[i].value))
            h->seen |= 1U << i;
    return true;
}

bool heap_is_whole(const struct heap *h)
{
    return h->rate > 0 && h->seen == 0xf;
}
