/* A shell command at the other end of a pipe, which is given so long. */
#ifndef CLI_SHELL_H
#define CLI_SHELL_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

enum shell_pipe {
    /* The pipe is what it prints.  It stays in the group of this process, so
     * that a key of the terminal ends both. */
    SHELL_PRINTS,
    /* The pipe is what it reads, and writes to it do not block.  It gets a
     * group of its own, so that all that it starts can be ended with it. */
    SHELL_READS,
};

struct shell {
    pid_t pid;
    int pipe; /* this process's end; -1 when closed */
    bool grouped;
    double deadline; /* on the monotonic clock, in seconds */
    /* What this process does with signals at other times. */
    struct sigaction on_pipe, on_child;
    sigset_t blocked;
};

/* Start COMMAND.  False when that fails, and errno says why; else the caller
 * ends with shell_end(), and until then has no SIGPIPE. */
bool shell_begin(struct shell *sh, const char *command, enum shell_pipe what,
                 double seconds);

/* Wait until the pipe can be read or written: 0, or an errno, ETIMEDOUT when
 * the time is over. */
int shell_wait(const struct shell *sh);

/* Who reads gets an end of file. */
void shell_close(struct shell *sh);

/* Close the pipe and wait for the command, for as long as it is given or, when
 * KILL_IT, not at all; then it is killed.  True when it ended by itself:
 * *STATUS is what waitpid() says of it. */
bool shell_end(struct shell *sh, bool kill_it, int *status);

#endif
