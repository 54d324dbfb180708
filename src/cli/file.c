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
    if (ferror(f) != 0)
        complain("%s: %s", path, strerror(errno));
    else if (len == MOST_BYTES && fgetc(f) != EOF)
        complain("%s: larger than 1 MiB", path);
    else if (strlen(text) < len)
        complain("%s: no text: it holds a NUL byte", path);
    else
        return text;
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
