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
    LOOK("\xff\xfe\0\0", "UTF-32 text"),
    LOOK("\0\0\xfe\xff", "UTF-32 text"),
    LOOK("\xff\xfe", "UTF-16 text"),
    LOOK("\xfe\xff", "UTF-16 text"),
    LOOK("goroutine profile:", "a goroutine profile without a record"),
    LOOK("goroutineleak profile:", "no goroutine leaks, it says"),
    LOOK("heap profile:", "a heap profile"),
    LOOK("threadcreate profile:", "a threadcreate profile"),
    LOOK("--- contention:", "a block profile"),
    LOOK("--- mutex:", "a mutex profile"),
    LOOK("==================\nWARNING: DATA RACE", "a race detector report"),
    LOOK("\x7f"
         "ELF",
         "a program or core dump (ELF)"),
    LOOK("PK\x05\x06", "an empty zip archive"),
    LOOK("7z\xbc\xaf\x27\x1c", "a 7-Zip archive, which is not read"),
    LOOK("Rar!\x1a\x07", "a RAR archive, which is not read"),
    LOOK("%PDF-", "a PDF file"),
    LOOK("go 1.", "an execution trace of Go"),
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

/* How lines begin that only such texts have. */
static const struct look fronts[] = {
#define RACE "a race detector report, which tells of accesses and not of waits"
#define LOOK(magic, words)                                                     \
    {                                                                          \
        {(magic), sizeof(magic) - 1}, (words)                                  \
    }
    LOOK("WARNING: DATA RACE", RACE),
    LOOK("Read at 0x", RACE),
    LOOK("Write at 0x", RACE),
    LOOK("Previous read at 0x", RACE),
    LOOK("Previous write at 0x", RACE),
    LOOK("POTENTIAL DEADLOCK:", "a go-deadlock report, which tells who took "
                                "which lock and has no goroutine's stack"),
    LOOK("Full thread dump ", "a thread dump of Java"),
    LOOK("Traceback (most recent call last):", "a traceback of Python"),
    LOOK("Showing nodes accounting for", "output of pprof; the profile itself "
                                         "can be read"),
#undef LOOK
#undef RACE
};

const char *looks_line(struct grl_text line)
{
    for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++)
        if (text_starts(line, fronts[i].magic))
            return fronts[i].words;
    if (text_starts(line, TEXT("Goroutine ")) &&
        text_find(line, TEXT(" - User: ")) < line.len)
        return "a list of goroutines of the debugger Delve, without stacks; "
               "\"goroutines -t\" prints them";
    return NULL;
}
