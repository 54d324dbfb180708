/* glibc asks for it: leases and MADV_POPULATE_READ are Linux's. */
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */

#include "input/hold.h"

#include <fcntl.h>
#include <sys/mman.h>

#if defined(__linux__) && defined(MADV_POPULATE_READ)

#include <linux/magic.h>
#include <signal.h>
#include <sys/vfs.h>

/* Others can change a file without asking this machine's kernel. */
static bool is_local(int fd)
{
    static const unsigned long kinds[] = {
        EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC,
        F2FS_SUPER_MAGIC, TMPFS_MAGIC,     OVERLAYFS_SUPER_MAGIC,
    };
    struct statfs s;

    if (fstatfs(fd, &s) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if ((unsigned long)s.f_type == kinds[i])
            return true;
    return false;
}

/* The signal of a lease is SIGIO, which ends a program that does not know of
 * it: SIGURG does not, and without an owner there is none. */
static bool lease(int fd)
{
    bool given = fcntl(fd, F_SETSIG, SIGURG) == 0 &&
                 fcntl(fd, F_SETLEASE, F_RDLCK) == 0;

    fcntl(fd, F_SETOWN, 0);
    return given;
}

static void give_back(int fd)
{
    fcntl(fd, F_SETLEASE, F_UNLCK);
}

/* Once somebody waited, or has been given way to, it is not held again. */
static bool is_held(const struct hold *h)
{
    return fcntl(h->fd, F_GETLEASE) == F_RDLCK;
}

bool hold_begin(struct hold *h, int fd)
{
    if (!is_local(fd) || !lease(fd))
        return false;
    if (pthread_mutex_init(&h->lock, NULL) != 0) {
        give_back(fd);
        return false;
    }
    h->fd = fd;
    h->maps = 0;
    return true;
}

/* The lock is held. */
static void make_way(struct hold *h)
{
    if (h->maps == 0 && !is_held(h))
        give_back(h->fd);
}

static bool one_more(struct hold *h)
{
    bool held = false;

    pthread_mutex_lock(&h->lock);
    held = is_held(h);
    if (held)
        h->maps++;
    else
        make_way(h);
    pthread_mutex_unlock(&h->lock);
    return held;
}

static void one_less(struct hold *h)
{
    pthread_mutex_lock(&h->lock);
    h->maps--;
    make_way(h);
    pthread_mutex_unlock(&h->lock);
}

void *hold_map(struct hold *h, int64_t at, size_t len)
{
    void *map = MAP_FAILED;

    if (!one_more(h))
        return NULL;
    map = mmap(NULL, len, PROT_READ, MAP_SHARED, h->fd, (off_t)at);
    if (map != MAP_FAILED && madvise(map, len, MADV_POPULATE_READ) == 0)
        return map;
    if (map != MAP_FAILED)
        munmap(map, len);
    one_less(h);
    return NULL;
}

void hold_unmap(struct hold *h, void *map, size_t len)
{
    munmap(map, len);
    one_less(h);
}

void hold_end(struct hold *h)
{
    give_back(h->fd);
    pthread_mutex_destroy(&h->lock);
}

#else

bool hold_begin(struct hold *h, int fd)
{
    (void)h;
    (void)fd;
    return false;
}

void *hold_map(struct hold *h, int64_t at, size_t len)
{
    (void)h;
    (void)at;
    (void)len;
    return NULL;
}

void hold_unmap(struct hold *h, void *map, size_t len)
{
    (void)h;
    (void)map;
    (void)len;
}

void hold_end(struct hold *h)
{
    (void)h;
}

#endif
