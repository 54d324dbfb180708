/* glibc asks for it: F_SETPIPE_SZ is Linux's. */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "input/pipe.h"

#include <fcntl.h>

void pipe_widen(int fd)
{
#ifdef F_SETPIPE_SZ
    enum { MOST_BYTES = 1024 * 1024 }; /* of /proc/sys/fs/pipe-max-size */

    fcntl(fd, F_SETPIPE_SZ, MOST_BYTES);
#else
    (void)fd;
#endif
}
