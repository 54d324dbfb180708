/* The pprof labels of a goroutine, as a header prints them. */
#ifndef MODEL_LABELS_H
#define MODEL_LABELS_H

#include "base/text.h"

/*
 * Take the first "key: value" off the front of *LABELS, unquoted into *KEY and
 * *VALUE, which point into the 2 * LIMIT_LABEL_BYTES of SPACE; longer ones are
 * cut.  False when none is left.
 */
bool labels_next(struct grl_text *labels, char *space, struct grl_text *key,
                 struct grl_text *value);

/* The value of KEY in LABELS, unquoted into SPACE as above; empty text when
 * there is none. */
struct grl_text labels_value(struct grl_text labels, struct grl_text key,
                             char *space);

#endif
