/* Where bytes come from: a file, standard input, the files of a folder. */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/text.h"

/* LEN bytes, in order; lives until this returns.  Anything but GRL_OK stops
 * the reading and is what source_read() returns. */
typedef enum grl_status source_fn(void *user, const char *bytes, size_t len);

/* What a source holds. */
struct source_visit {
    source_fn *bytes;
    /* What follows is member NAME of an archive, with its modification time or
     * GRL_NO_TIME; NAME lives until this returns. */
    enum grl_status (*member)(void *user, const char *name, int64_t mtime);
    void *user;
};

/*
 * Read PATH ("-" is standard input) to its end, and unpack it if it is packed;
 * see input/unpack.h.  *MTIME is the modification time of a regular file in
 * seconds since 1970, else GRL_NO_TIME.  GRL_EIO when it cannot be opened, read
 * or unpacked.
 */
enum grl_status source_read(const char *path, const struct source_visit *visit,
                            int64_t *mtime, struct grl_error *err);

bool source_is_folder(const char *path);

struct source_list {
    char **paths; /* each malloc'd */
    size_t count;
    size_t capacity;
};

/* The regular files of folder PATH, by name as people sort them; hidden ones
 * and folders left out.  Free the list with source_list_free() in any case. */
enum grl_status source_list_folder(const char *path, struct source_list *out,
                                   struct grl_error *err);
void source_list_free(struct source_list *list);

#endif
