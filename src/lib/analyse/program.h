/* Whether two dumps can be of one program. */
#ifndef ANALYSE_PROGRAM_H
#define ANALYSE_PROGRAM_H

#include "model/snapshot.h"

/*
 * *SAME is false when both have code of their own and nothing of it in common:
 * no package, and of package main, which all programs have, no function; nor is
 * main.main in one file.  GRL_ENOMEM.
 */
enum grl_status program_is_same(const struct snapshot *a,
                                const struct snapshot *b, bool *same);

#endif
