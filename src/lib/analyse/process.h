/* Whether two dumps can be of one process. */
#ifndef ANALYSE_PROCESS_H
#define ANALYSE_PROCESS_H

#include "model/snapshot.h"

/*
 * *SAME is false when most of the ids that both have are of goroutines begun at
 * different places: ids are never used again in a process.  Dumps that are
 * small show nothing else.  The stacks are not grouped.  GRL_ENOMEM.
 */
enum grl_status process_is_same(const struct snapshot *a,
                                const struct snapshot *b, bool *same);

#endif
