/*
 * Preloaded, it makes the FAULT_AT-th call that writes go wrong, counted over
 * write, pwrite, fsync, fdatasync, ftruncate, rename and unlink on files:
 * FAULT_KIND kill ends the process there, full and broken answer ENOSPC and
 * EIO.  Of writes alone, half kills it after half of one, and short writes half
 * and says so.  FAULT_MARK is a file that is made when it comes to that.
 *
 * The C library's streams write by a way of their own that nothing can stand
 * in for, so standard output and what fdopen() opens become streams of ours.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static const char *setting(const char *name)
{
    const char *value = getenv(name);

    return value != NULL ? value : "";
}

static bool is_kind(const char *kind)
{
    return strcmp(setting("FAULT_KIND"), kind) == 0;
}

static void mark(void)
{
    int fd = open(setting("FAULT_MARK"), O_CREAT | O_WRONLY, 0600);

    if (fd >= 0)
        close(fd);
}

static void end_here(void)
{
    kill(getpid(), SIGKILL);
    pause();
}

/* Is it this call's turn?  0: no; else an errno. */
static int turn(bool writes)
{
    if (!writes && (is_kind("half") || is_kind("short")))
        return 0;
    if (++calls != atol(setting("FAULT_AT")))
        return 0;
    mark();
    if (is_kind("kill"))
        end_here();
    return is_kind("full") ? ENOSPC : EIO;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, #name))

#define FAIL_WITH(error)                                                       \
    do {                                                                       \
        errno = (error);                                                       \
        return -1;                                                             \
    } while (0)

/* CALL(n) writes N of LEN bytes. */
#define WRITE(len, CALL)                                                       \
    do {                                                                       \
        int error = turn(true);                                                \
                                                                               \
        if (error == 0)                                                        \
            return CALL(len);                                                  \
        if (is_kind("short"))                                                  \
            return CALL((len + 1) / 2);                                        \
        if (is_kind("half")) {                                                 \
            CALL(len / 2);                                                     \
            end_here();                                                        \
        }                                                                      \
        FAIL_WITH(error);                                                      \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t len)
{
    ssize_t (*real)(int, const void *, size_t) =
        REAL(write, ssize_t(*)(int, const void *, size_t));

#define SOME(n) real(fd, bytes, n)
    WRITE(len, SOME);
#undef SOME
}

#define PWRITE(name, offset_type)                                              \
    ssize_t name(int fd, const void *bytes, size_t len, offset_type at)        \
    {                                                                          \
        ssize_t (*real)(int, const void *, size_t, offset_type) =              \
            REAL(name, ssize_t(*)(int, const void *, size_t, offset_type));    \
                                                                               \
        WRITE(len, SOME);                                                      \
    }

#define SOME(n) real(fd, bytes, n, at)
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
#undef SOME

#define ON_FILE(name, parameters, types, arguments)                            \
    int name parameters                                                        \
    {                                                                          \
        int(*real) types = REAL(name, int(*) types);                           \
        int error = turn(false);                                               \
                                                                               \
        if (error != 0)                                                        \
            FAIL_WITH(error);                                                  \
        return real arguments;                                                 \
    }

ON_FILE(fsync, (int fd), (int), (fd))
ON_FILE(fdatasync, (int fd), (int), (fd))
ON_FILE(ftruncate, (int fd, off_t len), (int, off_t), (fd, len))
ON_FILE(ftruncate64, (int fd, off64_t len), (int, off64_t), (fd, len))
ON_FILE(rename, (const char *from, const char *to),
        (const char *, const char *), (from, to))
ON_FILE(unlink, (const char *path), (const char *), (path))

/* ------------------------------------------------------------------ streams */

/* To its end, as the C library does after a short write. */
static ssize_t put(void *fd, const char *bytes, size_t len)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n = write(*(int *)fd, bytes + done, len - done);

        if (n < 0)
            return 0;
        done += (size_t)n;
    }
    return (ssize_t)len;
}

static int end(void *fd)
{
    int status = close(*(int *)fd);

    free(fd);
    return status;
}

static FILE *stream(int fd)
{
    static const cookie_io_functions_t ours = {.write = put, .close = end};
    int *kept = malloc(sizeof *kept);

    if (kept == NULL)
        return NULL;
    *kept = fd;
    return fopencookie(kept, "w", ours);
}

FILE *fdopen(int fd, const char *mode)
{
    FILE *(*real)(int, const char *) = REAL(fdopen,
                                            FILE * (*)(int, const char *));

    return mode[0] == 'w' ? stream(fd) : real(fd, mode);
}

__attribute__((constructor)) static void begin(void)
{
    stdout = stream(STDOUT_FILENO);
}
