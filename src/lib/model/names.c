#include "model/names.h"

#include <stdlib.h>

struct grl_text name_package(struct grl_text function)
{
    size_t bracket = text_find_byte(function, '[');
    struct grl_text plain = text_sub(function, 0, bracket);
    size_t paren = text_find_byte(plain, '(');
    size_t slash = 0;
    size_t dot = 0;

    plain = text_sub(plain, 0, paren);
    slash = text_rfind_byte(plain, '/');
    if (slash == plain.len)
        slash = 0;
    dot = text_find_byte(text_sub(plain, slash, plain.len), '.');
    if (slash + dot == plain.len && paren == bracket)
        return TEXT("");
    return text_sub(plain, 0, slash + dot);
}

/* Top-level folders of the standard library up to Go 1.27, sorted. */
static const char *const stdlib_roots[] = {
    "archive",   "arena",   "bufio",   "bytes",    "cmp",      "compress",
    "container", "context", "crypto",  "database", "debug",    "embed",
    "encoding",  "errors",  "expvar",  "flag",     "fmt",      "go",
    "hash",      "html",    "image",   "index",    "internal", "io",
    "iter",      "log",     "maps",    "math",     "mime",     "net",
    "os",        "path",    "plugin",  "reflect",  "regexp",   "runtime",
    "simd",      "slices",  "sort",    "strconv",  "strings",  "structs",
    "sync",      "syscall", "testing", "text",     "time",     "unicode",
    "unique",    "unsafe",  "vendor",  "weak",
};

static int compare_root(const void *root, const void *name)
{
    return text_compare(*(const struct grl_text *)root,
                        text_of(*(const char *const *)name));
}

bool name_is_stdlib(struct grl_text function)
{
    struct grl_text package = name_package(function);
    struct grl_text root = text_sub(package, 0, text_find_byte(package, '/'));

    /* The builtin panic, and C functions of the runtime to Go 1.4. */
    if (package.len == 0)
        return text_equal(function, TEXT("panic"));
    return bsearch(&root, stdlib_roots,
                   sizeof stdlib_roots / sizeof stdlib_roots[0],
                   sizeof stdlib_roots[0], compare_root) != NULL;
}

static size_t trailing_digits(struct grl_text t)
{
    size_t n = 0;

    while (n < t.len && byte_is_digit(t.ptr[t.len - 1 - n]))
        n++;
    return n;
}

bool name_is_wrapper(struct grl_text function)
{
    size_t digits = trailing_digits(function);
    struct grl_text stem = text_sub(function, 0, function.len - digits);

    if (text_ends(function, TEXT("-fm")))
        return true;
    return digits > 0 && (text_ends(stem, TEXT(".gowrap")) ||
                          text_ends(stem, TEXT(".deferwrap")) ||
                          text_ends(stem, TEXT("\xc2\xb7"
                                               "dwrap\xc2\xb7")));
}

static int hex_value(char c)
{
    if (byte_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%2e" at the front of T stands for, or -1. */
static int escaped_byte(struct grl_text t)
{
    int high = t.len >= 3 && t.ptr[0] == '%' ? hex_value(t.ptr[1]) : -1;
    int low = high >= 0 ? hex_value(t.ptr[2]) : -1;
    int byte = high * 16 + low;

    return low < 0 || byte < 0x20 || byte == 0x7f ? -1 : byte;
}

size_t name_unescape(struct grl_text function, char *out)
{
    size_t n = 0;

    if (text_find_byte(function, '%') == function.len) {
        memcpy(out, function.ptr, function.len);
        return function.len;
    }
    for (size_t i = 0; i < function.len; i++) {
        int byte = escaped_byte(text_sub(function, i, function.len));

        out[n++] = byte >= 0 ? (char)byte : function.ptr[i];
        if (byte >= 0)
            i += 2;
    }
    return n;
}

size_t name_drop_cgo_hash(char *function, size_t len)
{
    static const struct grl_text marks[] = {{"_cgoexp_", 8},
                                            {"_cgoexpwrap_", 12}};
    struct grl_text name = {function, len};

    for (size_t m = 0; m < 2; m++) {
        size_t at = text_find(name, marks[m]);
        size_t from = at + marks[m].len;
        size_t to = from;

        while (to < len && byte_is_hex(function[to]))
            to++;
        if (at == len || to - from != 12 || to == len || function[to] != '_')
            continue;
        memmove(function + from, function + to + 1, len - to - 1);
        return len - (to + 1 - from);
    }
    return len;
}

struct grl_text path_basename(struct grl_text path)
{
    size_t from = path.len;

    while (from > 0 && path.ptr[from - 1] != '/' && path.ptr[from - 1] != '\\')
        from--;
    return text_sub(path, from, path.len);
}
