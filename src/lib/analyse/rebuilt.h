/* Whether two dumps are of two builds of one program. */
#ifndef ANALYSE_REBUILT_H
#define ANALYSE_REBUILT_H

#include "model/snapshot.h"

/*
 * *REBUILT is true when a stack of each, that the other has not, differ by
 * lines and numbers of closures alone: the two are of one program, built from
 * two states of its source.  GRL_ENOMEM.
 */
enum grl_status is_rebuilt(const struct snapshot *a, const struct snapshot *b,
                           size_t rows, bool *rebuilt);

#endif
