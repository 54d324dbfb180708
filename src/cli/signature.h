/* Signatures as people give them: the beginning that reports print, with or
 * without its "#". */
#ifndef CLI_SIGNATURE_H
#define CLI_SIGNATURE_H

#include "settings.h"

/* TEXT without "#", when it is six digits of a signature or more; else NULL. */
const char *signature_of(const char *text);

/* From now on S reads only goroutines of SIGNATURE.  False with a message. */
bool signature_only(struct settings *s, const char *signature);

#endif
