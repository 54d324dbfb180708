#include "input/whole.h"

#include "input/apart.h"
#include "input/url.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Some files of the system say that they are empty, and are not. */
static bool is_small(const struct stat *s, size_t room)
{
    return S_ISREG(s->st_mode) && s->st_size > 0 && (uint64_t)s->st_size < room;
}

/* A pipe must not be opened before its turn: who writes to it would lose what
 * it wrote. */
bool whole_can(const char *path, size_t room)
{
    struct stat s;

    return !url_is(path) && strcmp(path, "-") != 0 && stat(path, &s) == 0 &&
           is_small(&s, room);
}

bool whole_read(const char *path, char *to, size_t room, size_t *len,
                struct source_facts *facts)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool good = fd >= 0 && fstat(fd, &s) == 0 && is_small(&s, room) &&
                apart_read(fd, 0, to, (size_t)s.st_size, len, NULL) == GRL_OK;

    if (fd >= 0)
        close(fd);
    if (!good || unpack_can(to, *len))
        return false;
    *facts = (struct source_facts){(int64_t)s.st_mtime, (uint64_t)s.st_size,
                                   NULL};
    return true;
}
