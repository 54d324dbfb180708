/* The one shape of failure: a code for programs, words for people. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "goroleak.h"

/* Fill *ERR (may be NULL) and return CODE.  WHAT is static text; SYS an errno
 * or 0. */
enum grl_status fail(struct grl_error *err, enum grl_status code,
                     const char *what, int sys);

/* The same with more words, copied and cut to fit. */
enum grl_status fail_detail(struct grl_error *err, enum grl_status code,
                            const char *what, const char *detail);

enum grl_status fail_memory(struct grl_error *err);

#endif
