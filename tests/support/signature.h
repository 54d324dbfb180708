/* The signature of a goroutine given as text. */
#ifndef SUPPORT_SIGNATURE_H
#define SUPPORT_SIGNATURE_H

#include "goroleak.h"

/* Parse TEXT, which holds one goroutine, and write its signature when grouped
 * BY, with the key LABEL for GRL_GROUP_LABEL. */
void signature_of(const char *text, enum grl_group by, const char *label,
                  char out[33]);

#endif
