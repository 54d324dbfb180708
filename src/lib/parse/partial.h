/*
 * Log lines that Kubernetes' runtimes cut in parts (CRI logs):
 * "2024-05-01T12:00:00.5Z stderr P begins" and "... stderr F ends".  Parts of
 * one stream are joined to the line that the process wrote.
 */
#ifndef PARSE_PARTIAL_H
#define PARSE_PARTIAL_H

#include "base/text.h"

/* Zero-initialise; free with partial_free(). */
struct partial {
    struct part {
        char *bytes; /* the first part's time and tags, and what came */
        size_t len;
        size_t capacity;
        bool open;
    } streams[2]; /* stdout and stderr */
};

/*
 * False when *RAW is a part whose end is to come.  Else *RAW may have become
 * the joined line, valid until the next call.  LAST: nothing comes behind it.
 * *CUT when a joined line was cut at LIMIT_LINE_BYTES.
 */
bool partial_join(struct partial *p, struct grl_text *raw, bool last,
                  bool *cut);

void partial_free(struct partial *p);

#endif
