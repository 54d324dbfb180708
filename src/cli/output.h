/* Where a report is written: standard output, or a file by rename. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct output {
    FILE *file;
    const char *path; /* NULL: standard output */
    char *temporary;  /* NULL: PATH itself is written */
};

/* Open PATH with permissions MODE, 0 for its owner only; or standard output
 * when it is NULL.  On failure a message was printed. */
bool output_open(struct output *o, const char *path, unsigned mode);

/* A grl_write_fn; USER is the struct output. */
bool output_write(void *user, const char *bytes, size_t len);

/* All is written, or with KEEP false given up.  False, with a message, when
 * what was written did not arrive. */
bool output_close(struct output *o, bool keep);

#endif
