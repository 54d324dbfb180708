/* Where a frame is: "/src/main.go:12 +0x1d fp=0x1 sp=0x2 pc=0x3". */
#ifndef PARSE_POSITION_H
#define PARSE_POSITION_H

#include "base/text.h"

struct position {
    struct grl_text text; /* file and line, "/src/main.go:12", or empty for a
                             C frame without symbols */
    bool offset;          /* " +0x.." followed */
    bool pc;              /* "pc=0x.." followed */
};

/* True when T, without surrounding blanks, ends as a position does; what the
 * file looks like does not matter, as it is arbitrary text. */
bool position_parse(struct grl_text t, struct position *out);

/* Split the text of a position at its last colon.  False when it has no line
 * number that fits 32 bits: *FILE is then all of it and *LINE 0. */
bool position_split(struct grl_text text, struct grl_text *file,
                    uint32_t *line);

#endif
