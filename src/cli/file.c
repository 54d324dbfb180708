#include "file.h"

#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1024 * 1024 };

static char *read_all(FILE *f, const char *path)
{
    char *text = malloc(MOST_BYTES + 1);
    size_t len = 0;

    if (text == NULL) {
        complain("out of memory");
        return NULL;
    }
    len = fread(text, 1, MOST_BYTES, f);
    text[len] = '\0';
    if (ferror(f) == 0 && (len < MOST_BYTES || fgetc(f) == EOF))
        return text;
    complain("%s: %s", path,
             ferror(f) != 0 ? strerror(errno) : "larger than 1 MiB");
    free(text);
    return NULL;
}

char *file_read(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = NULL;

    if (f == NULL) {
        complain("%s: cannot open: %s", path, strerror(errno));
        return NULL;
    }
    text = read_all(f, path);
    fclose(f);
    return text;
}
