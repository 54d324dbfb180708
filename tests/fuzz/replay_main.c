/*
 * Runs a fuzz target over files instead of made-up bytes, with any compiler:
 *
 *     build/release/tests/fuzz/TARGET-replay FILE...
 *
 * Exit status 0 when all were read; a finding crashes, as under the fuzzer.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* All of F, which the caller frees, and its length; NULL with errno set. */
static uint8_t *read_all(FILE *f, size_t *len)
{
    size_t cap = 1 << 16;
    uint8_t *bytes = malloc(cap);

    *len = 0;
    while (bytes != NULL) {
        uint8_t *more;

        *len += fread(bytes + *len, 1, cap - *len, f);
        if (*len < cap)
            break;
        if ((more = realloc(bytes, cap * 2)) == NULL) {
            free(bytes);
            return NULL;
        }
        bytes = more;
        cap *= 2;
    }
    if (bytes != NULL && ferror(f)) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

/* False, with a word on why, when PATH could not be read. */
static bool replay(const char *path)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    uint8_t *exact = NULL;
    size_t len = 0;
    bool ok = false;

    if (f == NULL || (bytes = read_all(f, &len)) == NULL)
        goto out;
    /* Of the exact size, so that a sanitizer sees the first byte too far. */
    if ((exact = malloc(len > 0 ? len : 1)) == NULL)
        goto out;
    memcpy(exact, bytes, len);
    LLVMFuzzerTestOneInput(exact, len);
    ok = true;
out:
    if (!ok)
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    free(exact);
    free(bytes);
    if (f != NULL)
        fclose(f);
    return ok;
}

int main(int argc, char **argv)
{
    int status = EXIT_SUCCESS;

    for (int i = 1; i < argc; i++)
        if (!replay(argv[i]))
            status = EXIT_FAILURE;
    return status;
}
