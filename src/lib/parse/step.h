/* What a line means, given where the parser is. */
#ifndef PARSE_STEP_H
#define PARSE_STEP_H

#include "parse/text.h"

/* RAW is the next line of the process that is read, and with LAST one that may
 * be cut. */
enum grl_status step_line(struct text_parser *p, struct grl_text raw,
                          bool last);

/* Its lines are at their end. */
enum grl_status step_end(struct text_parser *p);

#endif
