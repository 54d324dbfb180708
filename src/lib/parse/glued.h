/*
 * Headers that count only if a call follows: at the end of other text, as in
 * "...all stacksgoroutine 1 [running]:", and those of test libraries' reports.
 */
#ifndef PARSE_GLUED_H
#define PARSE_GLUED_H

#include "parse/text.h"

/* HEADER, or none when it is empty, awaits the next line. */
void glued_keep(struct text_parser *p, struct grl_text header);

/* NEXT follows it.  ONE_LINE: as part of a frame in one line, as gleak's are.
 */
enum grl_status glued_settle(struct text_parser *p, const struct line *next,
                             bool one_line);

/* Is RAW, recognised as L, of a report?  Then it says nothing else; if it is a
 * header, that is kept. */
bool glued_is_report(struct text_parser *p, const struct line *l,
                     struct grl_text raw);

#endif
