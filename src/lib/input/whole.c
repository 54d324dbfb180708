#include "input/whole.h"

#include "input/stream.h"
#include "input/url.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe must not be opened before its turn: who writes to it would lose what
 * it wrote. */
static bool is_small(const char *path, size_t room, struct stat *s)
{
    return !url_is(path) && strcmp(path, "-") != 0 && stat(path, s) == 0 &&
           S_ISREG(s->st_mode) && (uint64_t)s->st_size < room;
}

bool whole_can(const char *path, size_t room)
{
    struct stat s;

    return is_small(path, room, &s);
}

bool whole_read(const char *path, char *to, size_t room, size_t *len,
                struct source_facts *facts)
{
    struct stat s;
    int fd = is_small(path, room, &s)
                 ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
                 : -1;
    bool good = fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode) &&
                stream_read_at(fd, 0, to, room, len, NULL) == GRL_OK &&
                *len < room;

    if (fd >= 0)
        close(fd);
    if (!good || unpack_can(to, *len))
        return false;
    *facts = (struct source_facts){(int64_t)s.st_mtime, (uint64_t)s.st_size,
                                   NULL};
    return true;
}
