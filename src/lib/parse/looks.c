#include "parse/looks.h"

struct look {
    struct grl_text magic;
    const char *words;
};

static const struct look looks[] = {
#define LOOK(magic, words)                                                     \
    {                                                                          \
        {(magic), sizeof(magic) - 1}, (words)                                  \
    }
    LOOK("\x1f\x8b", "gzip data, perhaps a .pb.gz profile; unpack it, or "
                     "capture text with ?debug=2"),
    LOOK("\x28\xb5\x2f\xfd", "zstd data; unpack it first"),
    LOOK("\xfd"
         "7zXZ",
         "xz data; unpack it first"),
    LOOK("BZh", "bzip2 data; unpack it first"),
    LOOK("PK\x03\x04", "a zip archive; unpack it first"),
    LOOK("\xff\xfe", "UTF-16 text; convert it to UTF-8 first"),
    LOOK("\xfe\xff", "UTF-16 text; convert it to UTF-8 first"),
    LOOK("goroutine profile:", "a counted goroutine profile (debug=1), which "
                               "has no goroutines; capture with ?debug=2"),
    LOOK("goroutineleak profile:",
         "a counted goroutineleak profile (debug=1), which has no goroutines; "
         "capture with ?debug=2"),
    LOOK("heap profile:", "a heap profile"),
    LOOK("threadcreate profile:", "a threadcreate profile"),
    LOOK("--- contention:", "a block profile"),
    LOOK("--- mutex:", "a mutex profile"),
    LOOK("==================\nWARNING: DATA RACE", "a race detector report"),
    LOOK("<!DOCTYPE", "an HTML page"),
    LOOK("<html", "an HTML page"),
    LOOK("HTTP/", "an HTTP response"),
    LOOK("{", "JSON"),
#undef LOOK
};

/* Text may hold tabs, line ends and escapes; NUL and the like make it binary.
 */
static bool is_binary(struct grl_text head)
{
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];

        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != 0x1b)
            return true;
    }
    return false;
}

const char *looks_like(struct grl_text head)
{
    if (head.len == 0)
        return "it is empty";
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (text_starts(head, looks[i].magic))
            return looks[i].words;
    return is_binary(head) ? "binary data" : "";
}
