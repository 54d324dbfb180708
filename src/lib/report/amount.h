/* How many, and how much: goroutines, or bytes where heap profiles are told of.
 */
#ifndef REPORT_AMOUNT_H
#define REPORT_AMOUNT_H

#include "report/page.h"

/* "3 goroutines", "1 goroutine". */
void page_count(struct page *p, uint64_t n, const char *noun);

/* What is counted, as "84 goroutines" or "412 MiB in use"; and bare, as "84" or
 * "412 MiB", with the SIGN before it. */
void page_total(struct page *p, uint64_t n);
enum { AMOUNT_BYTES = 32 };
const char *page_amount(const struct page *p, char *text, const char *sign,
                        uint64_t n);

/* "412 MiB", "1.5 KiB", "17 B". */
const char *size_words(char *text, const char *sign, uint64_t bytes);

#endif
