/* What all text reports share: colours, stacks, waits, sparklines. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/sink.h"
#include "report/short.h"
#include "report/wrap.h"

enum style { STYLE_PLAIN, STYLE_STRONG, STYLE_BAD, STYLE_GOOD, STYLE_DIM };

struct page {
    const struct grl_report *report;
    struct shortener names;
    struct wrap wrap; /* between sink and the caller, on a terminal */
    struct sink sink;
    bool heap; /* counts are bytes in use, and stacks those that allocated */
};

/* OF is one of the dumps that R tells of, or NULL. */
void page_init(struct page *p, const struct grl_report *r,
               const struct grl_dump *of);
enum grl_status page_finish(struct page *p, struct grl_error *err);

/* Take note of the names in C.  False when out of memory. */
bool page_note(struct page *p, const struct grl_cluster *c);

/* What is between them is in a style. */
void page_begin(struct page *p, enum style style);
void page_end(struct page *p, enum style style);

/* TEXT, which is ours and not from a dump, in a style. */
void page_styled(struct page *p, enum style style, const char *text);

/* "chan send, 1 to 35 minutes, 2 locked to thread, 1 marked leaked". */
void page_state(struct page *p, const struct grl_cluster *c);

/* The frames and the creator of C, a line each, indented. */
void page_stack(struct page *p, const struct grl_cluster *c);

/* The labels that most goroutines of C carry, if there are any. */
void page_labels(struct page *p, const struct grl_cluster *c);

/* A line of WORDS below a stack; nothing when they are NULL. */
void page_hint(struct page *p, const char *words);

/* COUNTS as one column for each dump, or for a few of them when there are
 * more than fit. */
void page_spark(struct page *p, const uint64_t *counts, size_t n);

/* Where C blocks in one line: "main.(*Poller).fetch poller.go:88". */
void page_place(struct page *p, const struct grl_cluster *c);

/* " #3f2a…", the beginning of a signature. */
void page_signature(struct page *p, const struct grl_cluster *c);

/* Where a dump is from: "server.log #2". */
void page_source(struct page *p, const struct grl_dump *d);

/* What a reader must know of the dumps themselves: cut, damaged, ignored. */
void page_dump_notes(struct page *p, const struct grl_dump *d);

/* "3 other stacks are not shown"; nothing when N is 0. */
void page_hidden(struct page *p, size_t n, const char *one, const char *many);

/* False when the report leaves clusters of COUNT goroutines out, or has shown
 * as many as it should. */
bool page_wants(const struct grl_report *r, uint64_t count, size_t shown);

/* How many leaks of A, from the first on, R shows. */
size_t page_leaks(const struct grl_report *r, const struct grl_assertion *a);

#endif
