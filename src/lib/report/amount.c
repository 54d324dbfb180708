#include "report/amount.h"

#include <inttypes.h>
#include <stdio.h>

void page_count(struct page *p, uint64_t n, const char *noun)
{
    sink_printf(&p->sink, "%" PRIu64 " %s%s", n, noun, n == 1 ? "" : "s");
}

const char *size_words(char *text, const char *sign, uint64_t bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    double n = (double)bytes;
    size_t unit = 0;

    while (n >= 1000 && unit + 1 < sizeof units / sizeof units[0]) {
        n /= 1024;
        unit++;
    }
    snprintf(text, AMOUNT_BYTES, "%s%.*f %s", sign, unit > 0 && n < 9.95, n,
             units[unit]);
    return text;
}

const char *page_amount(const struct page *p, char *text, const char *sign,
                        uint64_t n)
{
    if (p->heap)
        return size_words(text, sign, n);
    snprintf(text, AMOUNT_BYTES, "%s%" PRIu64, sign, n);
    return text;
}

void page_total(struct page *p, uint64_t n)
{
    char text[AMOUNT_BYTES];

    sink_printf(&p->sink, "%s %s", page_amount(p, text, "", n),
                p->heap  ? "in use"
                : n == 1 ? "goroutine"
                         : "goroutines");
}
