/*
 * Preloaded, it makes the FAULT_AT-th call that writes go wrong, counted over
 * write, pwrite, fsync, fdatasync, ftruncate, rename and unlink on files:
 * FAULT_KIND kill ends the process there, half kills it after half of a write,
 * full and broken answer ENOSPC and EIO.  FAULT_MARK is a file that is made
 * when it comes to that.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
static int turn(void)
{
    const char *kind = setting("FAULT_KIND");

    if (++calls != atol(setting("FAULT_AT")))
        return 0;
    mark();
    if (strcmp(kind, "kill") == 0)
        end_here();
    return strcmp(kind, "full") == 0 ? ENOSPC : EIO;
}

static int is_half(void)
{
    return strcmp(setting("FAULT_KIND"), "half") == 0;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, #name))

#define FAIL_WITH(error)                                                       \
    do {                                                                       \
        errno = (error);                                                       \
        return -1;                                                             \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t len)
{
    ssize_t (*real)(int, const void *, size_t) =
        REAL(write, ssize_t(*)(int, const void *, size_t));
    int error = turn();

    if (error != 0 && is_half()) {
        real(fd, bytes, len / 2);
        end_here();
    }
    if (error != 0)
        FAIL_WITH(error);
    return real(fd, bytes, len);
}

#define PWRITE(name, offset_type)                                              \
    ssize_t name(int fd, const void *bytes, size_t len, offset_type at)        \
    {                                                                          \
        ssize_t (*real)(int, const void *, size_t, offset_type) =              \
            REAL(name, ssize_t(*)(int, const void *, size_t, offset_type));    \
        int error = turn();                                                    \
                                                                               \
        if (error != 0 && is_half()) {                                         \
            real(fd, bytes, len / 2, at);                                      \
            end_here();                                                        \
        }                                                                      \
        if (error != 0)                                                        \
            FAIL_WITH(error);                                                  \
        return real(fd, bytes, len, at);                                       \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ON_FILE(name, parameters, types, arguments)                            \
    int name parameters                                                        \
    {                                                                          \
        int(*real) types = REAL(name, int(*) types);                           \
        int error = turn();                                                    \
                                                                               \
        if (error != 0 && is_half())                                           \
            end_here();                                                        \
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
