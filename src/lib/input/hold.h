/*
 * A file that is held still while it is mapped.
 *
 * Bytes that are cut off a mapped file end the program (SIGBUS), and bytes that
 * change under the parser are not those that it has looked at.  A read lease
 * (fcntl(2), F_SETLEASE) is only given while nobody has the file open to write
 * it, and makes who then wants to wait until it is given back: for as long as
 * what is mapped is being used, some milliseconds.  After 45 seconds
 * (/proc/sys/fs/lease-break-time) the kernel lets the writer go on.  No signal
 * is sent: who maps asks each time.
 */
#ifndef INPUT_HOLD_H
#define INPUT_HOLD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hold {
    int fd;
    pthread_mutex_t lock;
    size_t maps; /* that are in use */
};

/* Hold FD, opened by us for reading, until hold_end().  False, and nothing to
 * end, where the file may change all the same or the system cannot: one of
 * another user, or on another machine, or open for writing. */
bool hold_begin(struct hold *h, int fd);

/* LEN bytes from AT on, whole pages within the file, all of which are in
 * memory; NULL when they cannot be read so, or when somebody waits to write.
 * Any thread may. */
void *hold_map(struct hold *h, int64_t at, size_t len);

/* MAP of LEN bytes is no longer used. */
void hold_unmap(struct hold *h, void *map, size_t len);

/* After the last hold_unmap(). */
void hold_end(struct hold *h);

#endif
