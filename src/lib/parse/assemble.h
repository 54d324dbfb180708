/* Putting a goroutine together: what its lines add to it, whoever reads them.
 */
#ifndef PARSE_ASSEMBLE_H
#define PARSE_ASSEMBLE_H

#include "parse/text.h"

/* The goroutine that is open, or was last. */
struct record *assemble_record(struct text_parser *p);

/* Tell that something was wrong at this line; ... and that the goroutine goes
 * on, though not all of its stack can be read; and that LINE fits nowhere. */
void assemble_damage(struct text_parser *p, const char *what);
void assemble_cut(struct text_parser *p, const char *what);
void assemble_skip_line(struct text_parser *p, uint64_t line);

/* The header H at LINE: ends what is open and begins another, at p->place,
 * which assemble_begin() sets and after assemble_open() the caller. */
enum grl_status assemble_open(struct text_parser *p, const struct header *h,
                              uint64_t line);
enum grl_status assemble_begin(struct text_parser *p, const struct header *h,
                               uint64_t line);

/* NAME awaits its position: of a frame, or of the creator.  One whose position
 * never comes is kept without.  assemble_frame() only makes it a frame, which
 * is NULL when out of memory. */
void assemble_keep_name(struct text_parser *p, struct grl_text name);
const struct raw_frame *assemble_frame(struct text_parser *p,
                                       struct grl_text position, bool *again);
enum grl_status assemble_push(struct text_parser *p, struct grl_text position);
enum grl_status assemble_set_creator(struct text_parser *p,
                                     struct grl_text position);
enum grl_status assemble_give_up_position(struct text_parser *p);

/* Whatever is open ends here. */
enum grl_status assemble_end(struct text_parser *p);

#endif
