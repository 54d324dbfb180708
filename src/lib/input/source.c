#include "input/source.h"

#include "base/error.h"
#include "base/grow.h"
#include "input/natural.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 256 * 1024 };

static enum grl_status read_all(int fd, char *chunk, source_fn *fn, void *user,
                                struct grl_error *err)
{
    for (;;) {
        ssize_t got = read(fd, chunk, CHUNK_BYTES);
        enum grl_status st = GRL_OK;

        if (got == 0)
            return GRL_OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(err, GRL_EIO, "cannot read", errno);
        st = fn(user, chunk, (size_t)got);
        if (st != GRL_OK)
            return st;
    }
}

static int64_t mtime_of(int fd)
{
    struct stat s;

    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
        return GRL_NO_TIME;
    return (int64_t)s.st_mtime;
}

enum grl_status source_read(const char *path, source_fn *fn, void *user,
                            int64_t *mtime, struct grl_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    char *chunk = NULL;
    enum grl_status st = GRL_OK;

    if (fd < 0)
        return fail(err, GRL_EIO, "cannot open", errno);
    *mtime = mtime_of(fd);
    chunk = malloc(CHUNK_BYTES);
    st = chunk != NULL ? read_all(fd, chunk, fn, user, err) : fail_memory(err);
    free(chunk);
    if (!standard)
        close(fd);
    return st;
}

bool source_is_folder(const char *path)
{
    struct stat s;

    return strcmp(path, "-") != 0 && stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

static bool is_file(int folder, const char *name)
{
    struct stat s;

    return name[0] != '.' && fstatat(folder, name, &s, 0) == 0 &&
           S_ISREG(s.st_mode);
}

static bool add_path(struct source_list *l, const char *folder,
                     const char *name)
{
    size_t len = strlen(folder);
    bool slash = len > 0 && folder[len - 1] == '/';
    size_t size = len + strlen(name) + 2;
    char *path = malloc(size);

    if (path == NULL || !GROW(l->paths, l->capacity, l->count + 1)) {
        free(path);
        return false;
    }
    snprintf(path, size, "%s%s%s", folder, slash ? "" : "/", name);
    l->paths[l->count++] = path;
    return true;
}

static int compare_paths(const void *a, const void *b)
{
    return natural_compare(*(char *const *)a, *(char *const *)b);
}

enum grl_status source_list_folder(const char *path, struct source_list *out,
                                   struct grl_error *err)
{
    DIR *dir = opendir(path);
    enum grl_status st = GRL_OK;

    *out = (struct source_list){0};
    if (dir == NULL)
        return errno == ENOMEM
                   ? fail_memory(err)
                   : fail(err, GRL_EIO, "cannot open folder", errno);
    for (struct dirent *e = readdir(dir); e != NULL && st == GRL_OK;
         e = readdir(dir))
        if (is_file(dirfd(dir), e->d_name) && !add_path(out, path, e->d_name))
            st = fail_memory(err);
    closedir(dir);
    if (out->count > 0)
        qsort(out->paths, out->count, sizeof out->paths[0], compare_paths);
    return st;
}

void source_list_free(struct source_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->paths[i]);
    free(list->paths);
    *list = (struct source_list){0};
}
