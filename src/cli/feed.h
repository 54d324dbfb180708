/* A shell command that is given a text to read. */
#ifndef CLI_FEED_H
#define CLI_FEED_H

#include <stddef.h>

enum feed_end {
    FEED_ENDED,
    FEED_LATE,   /* it took longer than it might, and was killed */
    FEED_FAILED, /* it could not be run, errno says why */
};

/* Run COMMAND, whose standard input is the LEN bytes at TEXT; it need not read
 * them.  After SECONDS it and all that it began is killed.  *STATUS is what
 * waitpid() says of it. */
enum feed_end feed_run(const char *command, const char *text, size_t len,
                       double seconds, int *status);

#endif
