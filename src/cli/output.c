#include "output.h"

#include "message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file beside PATH that only the owner may read, unless MODE says else. */
static FILE *open_beside(struct output *o, unsigned mode)
{
    size_t size = strlen(o->path) + sizeof ".XXXXXX";
    int fd = -1;
    FILE *f = NULL;

    o->temporary = malloc(size);
    if (o->temporary == NULL)
        return NULL;
    snprintf(o->temporary, size, "%s.XXXXXX", o->path);
    fd = mkstemp(o->temporary);
    if (fd >= 0 && ((mode != 0 && fchmod(fd, (mode_t)mode) != 0) ||
                    (f = fdopen(fd, "w")) == NULL)) {
        close(fd);
        unlink(o->temporary);
    }
    return f;
}

/* Devices and pipes cannot be renamed onto. */
static bool is_special(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && !S_ISREG(s.st_mode);
}

bool output_open(struct output *o, const char *path, unsigned mode)
{
    *o = (struct output){.file = stdout, .path = path};
    if (path == NULL)
        return true;
    o->file = is_special(path) ? fopen(path, "w") : open_beside(o, mode);
    if (o->file != NULL)
        return true;
    complain("%s: cannot write: %s", path, strerror(errno));
    free(o->temporary);
    return false;
}

bool output_write(void *user, const char *bytes, size_t len)
{
    struct output *o = user;

    return fwrite(bytes, 1, len, o->file) == len;
}

bool output_close(struct output *o, bool keep)
{
    bool good = ferror(o->file) == 0;

    /* The first failed write tells why; closing may only repeat it.  Standard
     * output stays open: main() closes it. */
    good = (o->path == NULL ? fflush(o->file) : fclose(o->file)) == 0 && good;
    if (o->temporary != NULL && good && keep)
        good = rename(o->temporary, o->path) == 0;
    if (o->temporary != NULL && !(good && keep))
        unlink(o->temporary);
    free(o->temporary);
    if (!good && keep)
        complain("%s: cannot write: %s",
                 o->path != NULL ? o->path : "standard output",
                 strerror(errno));
    return good;
}
