#include "input/moment.h"

static const char *const kinds[] = {
    "goroutine", "goroutines", "heap",   "heap0",   "heap1", "debug",
    "debug0",    "debug1",     "debug2", "stack",   "mem",   "stacks",
    "memory",    "dump",       "pprof",  "profile", "txt",   "log",
    "out",       "pb",         "gz",     "zst",     "xz",    "bz2",
};

static bool is_kind(struct grl_text word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_equal(word, text_of(kinds[i])))
            return true;
    return false;
}

static bool separates(char c)
{
    return c == '_' || c == '-' || c == '.' || c == ' ' || c == ':';
}

/* The next word of *NAME that says no kind; empty at its end. */
static struct grl_text eat_word(struct grl_text *name)
{
    struct grl_text word;

    do {
        size_t n = 0;

        while (name->len > 0 && separates(name->ptr[0]))
            *name = text_sub(*name, 1, name->len);
        while (n < name->len && !separates(name->ptr[n]))
            n++;
        word = text_sub(*name, 0, n);
        *name = text_sub(*name, n, name->len);
    } while (word.len > 0 && is_kind(word));
    return word;
}

/* Where the base name begins. */
static size_t folder_of(struct grl_text path)
{
    size_t n = path.len;

    while (n > 0 && path.ptr[n - 1] != '/')
        n--;
    return n;
}

size_t moment_name(struct grl_text path, char *out)
{
    size_t len = folder_of(path);
    struct grl_text rest = text_sub(path, len, path.len);
    struct grl_text word = eat_word(&rest);

    if (len > 0)
        memcpy(out, path.ptr, len);
    for (; word.len > 0; word = eat_word(&rest)) {
        memcpy(out + len, word.ptr, word.len);
        len += word.len;
        if (rest.len > 0) /* so that there is room for it */
            out[len++] = ':';
    }
    while (len > 0 && out[len - 1] == ':')
        len--;
    return len;
}
