#include "parse/looks.h"

struct mark {
    struct grl_text magic;
    const char *words;
    enum look_kind kind;
};

#define MARK(magic, words, kind)                                               \
    {                                                                          \
        {(magic), sizeof(magic) - 1}, (words), (kind)                          \
    }
#define THING(magic, words) MARK(magic, words, LOOK_THING)

static const struct mark heads[] = {
    THING("\xff\xfe\0\0", "UTF-32 text"),
    THING("\0\0\xfe\xff", "UTF-32 text"),
    THING("\xff\xfe", "UTF-16 text"),
    THING("\xfe\xff", "UTF-16 text"),
    THING("goroutine profile:", "a goroutine profile without a record"),
    MARK("goroutineleak profile:", "no goroutine leaks, it says",
         LOOK_SENTENCE),
    THING("heap profile:", "a heap profile"),
    THING("threadcreate profile:", "a threadcreate profile"),
    THING("--- contention:", "a block profile"),
    THING("--- mutex:", "a mutex profile"),
    MARK("==================\nWARNING: DATA RACE", "a race detector report",
         LOOK_RACE),
    THING("\x7f"
          "ELF",
          "a program or core dump (ELF)"),
    THING("PK\x05\x06", "an empty zip archive"),
    THING("7z\xbc\xaf\x27\x1c", "a 7-Zip archive, which is not read"),
    THING("Rar!\x1a\x07", "a RAR archive, which is not read"),
    THING("%PDF-", "a PDF file"),
    THING("go 1.", "an execution trace of Go"),
    THING("<!DOCTYPE", "an HTML page"),
    THING("<html", "an HTML page"),
    THING("HTTP/", "an HTTP response"),
    THING("{", "JSON"),
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

static struct look first_of(const struct mark *list, size_t count,
                            struct grl_text t)
{
    for (size_t i = 0; i < count; i++)
        if (text_starts(t, list[i].magic))
            return (struct look){list[i].words, list[i].kind};
    return (struct look){NULL, LOOK_THING};
}

struct look looks_like(struct grl_text head)
{
    const struct look look = first_of(heads, sizeof heads / sizeof *heads,
                                      head);

    if (head.len == 0)
        return (struct look){"it is empty", LOOK_SENTENCE};
    if (look.words == NULL && is_binary(head))
        return (struct look){"binary data", LOOK_THING};
    return look;
}

#define RACE_WORDS                                                             \
    "a race detector report, which tells of accesses and not of waits"

/* How lines begin that only such texts have. */
static const struct mark fronts[] = {
#define RACE(magic) MARK(magic, RACE_WORDS, LOOK_RACE)
    RACE("WARNING: DATA RACE"),
    RACE("Read at 0x"),
    RACE("Write at 0x"),
    RACE("Previous read at 0x"),
    RACE("Previous write at 0x"),
    THING("POTENTIAL DEADLOCK:", "a go-deadlock report, which tells who took "
                                 "which lock and has no goroutine's stack"),
    THING("Full thread dump ", "a thread dump of Java"),
    THING("Traceback (most recent call last):", "a traceback of Python"),
    THING("Showing nodes accounting for", "output of pprof; the profile itself "
                                          "can be read"),
#undef RACE
};

struct look looks_line(struct grl_text line)
{
    if (text_starts(line, TEXT("Goroutine ")) &&
        text_find(line, TEXT(" - User: ")) < line.len)
        return (struct look){
            "a list of goroutines of the debugger Delve, without stacks; "
            "\"goroutines -t\" prints them",
            LOOK_THING};
    return first_of(fronts, sizeof fronts / sizeof *fronts, line);
}
