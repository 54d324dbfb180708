/* The lines of a race detector's report that no dump has. */
#ifndef PARSE_RACE_LINE_H
#define PARSE_RACE_LINE_H

#include "base/text.h"

enum race_kind {
    RACE_NOTHING,
    RACE_WARNING,  /* WARNING: DATA RACE, behind a log's prefix as well */
    RACE_END,      /* ================== */
    RACE_ACCESS,   /* Previous write at 0x00c0000ac008 by goroutine 7: */
    RACE_CREATION, /* Goroutine 7 (running) created at: */
    RACE_OTHER,    /* Heap block of size 8 at 0x... allocated by goroutine 7:,
                      or a goroutine whose number is out of range */
    RACE_NO_STACK, /* [failed to restore the stack] */
};

/* What a line says, by kind; borrowed from the line. */
struct race_line {
    enum race_kind kind;
    uint64_t id;           /* ACCESS, CREATION */
    struct grl_text state; /* CREATION: "running", "finished" */
};

/* TEXT has no blanks around it. */
void race_line_recognise(struct grl_text text, struct race_line *out);

/* Where the header of a stack begins that ends LINE; LINE.len if none does. */
size_t race_line_find_stack(struct grl_text line);

#endif
