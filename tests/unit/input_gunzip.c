/* gzip streams: whole, in members, cut at every byte, damaged. */
#include "input/gunzip.h"
#include "support/unit.h"

#include <stdlib.h>
#include <zlib.h>

enum { PLAIN = 200000, PACKED = PLAIN + 1000 };

struct bytes {
    const unsigned char *ptr;
    size_t len;
    size_t piece;
};

static enum grl_status next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct bytes *b = user;

    (void)err;
    *bytes = (const char *)b->ptr;
    *len = b->len < b->piece ? b->len : b->piece;
    b->ptr += *len;
    b->len -= *len;
    return GRL_OK;
}

/* Text of which a part repeats. */
static unsigned char *plain_new(void)
{
    unsigned char *plain = malloc(PLAIN);
    uint32_t x = 1;

    assert_non_null(plain);
    for (size_t i = 0; i < PLAIN; i++) {
        x = x * 1103515245u + 12345u;
        plain[i] = i % 300 < 200 ? (unsigned char)('a' + i % 26)
                                 : (unsigned char)('0' + (x >> 16) % 64);
    }
    return plain;
}

static size_t pack(const unsigned char *plain, size_t len, unsigned char *out)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)plain,
                  .avail_in = (uInt)len,
                  .next_out = out,
                  .avail_out = PACKED};

    assert_int_equal(
        deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return PACKED - z.avail_out;
}

/* What zlib itself has of these bytes. */
static size_t unpacked_by_zlib(const unsigned char *packed, size_t len,
                               unsigned char *out)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed, .avail_in = (uInt)len};

    assert_int_equal(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
    z.next_out = out;
    z.avail_out = PLAIN;
    inflate(&z, Z_SYNC_FLUSH);
    inflateEnd(&z);
    return PLAIN - z.avail_out;
}

/* How many bytes come out, which are PLAIN's; and the words for damage. */
static size_t unpacked(struct bytes from, const unsigned char *plain,
                       const char **damage)
{
    struct gunzip *g = gunzip_new(next, &from);
    const char *bytes = NULL;
    size_t len = 0;
    size_t sum = 0;

    assert_non_null(g);
    while (gunzip_next(g, &bytes, &len, NULL) == GRL_OK && len > 0) {
        assert_memory_equal(bytes, plain + sum, len);
        sum += len;
    }
    *damage = gunzip_damage(g);
    gunzip_free(g);
    return sum;
}

static void test_a_stream_that_is_cut_loses_nothing(void **state)
{
    unsigned char *plain = plain_new();
    unsigned char *packed = malloc(PACKED);
    unsigned char *again = malloc(PLAIN);
    const char *damage = NULL;
    size_t len = 0;

    (void)state;
    assert_non_null(packed);
    assert_non_null(again);
    len = pack(plain, PLAIN, packed);
    for (size_t cut = 0; cut < len; cut += cut < 100 ? 1 : 997) {
        struct bytes b = {packed, cut, 4096};

        assert_int_equal(unpacked(b, plain, &damage),
                         unpacked_by_zlib(packed, cut, again));
        if (cut > 0)
            assert_string_equal(damage, "truncated gzip input");
    }
    for (size_t piece = 1; piece < 70000; piece = piece * 3 + 1) {
        struct bytes b = {packed, len, piece};

        assert_int_equal(unpacked(b, plain, &damage), PLAIN);
        assert_null(damage);
    }
    free(plain);
    free(packed);
    free(again);
}

static void test_members_come_one_behind_the_other(void **state)
{
    static const char padding[] = "\0\0\0\0";
    unsigned char *plain = plain_new();
    unsigned char *packed = malloc(2 * (size_t)PACKED);
    const char *damage = NULL;
    size_t len = 0;

    (void)state;
    assert_non_null(packed);
    len = pack(plain, 1000, packed);
    len += pack(plain + 1000, PLAIN - 1000, packed + len);
    memcpy(packed + len, padding, sizeof padding);
    for (size_t more = 0; more <= sizeof padding; more++) {
        struct bytes b = {packed, len + more, 1000};

        assert_int_equal(unpacked(b, plain, &damage), PLAIN);
        assert_null(damage);
    }
    free(plain);
    free(packed);
}

/* The last eight bytes are a checksum and the length. */
static void test_damage_is_seen_and_what_came_before_counts(void **state)
{
    unsigned char *plain = plain_new();
    unsigned char *packed = malloc(PACKED);
    const char *damage = NULL;
    size_t len = 0;

    (void)state;
    assert_non_null(packed);
    len = pack(plain, PLAIN, packed);
    for (size_t i = 1; i <= 8; i++) {
        struct bytes b = {packed, len, 4096};

        packed[len - i] ^= 0x10;
        assert_int_equal(unpacked(b, plain, &damage), PLAIN);
        assert_string_equal(damage, "damaged gzip input");
        packed[len - i] ^= 0x10;
    }
    free(plain);
    free(packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_stream_that_is_cut_loses_nothing),
        cmocka_unit_test(test_members_come_one_behind_the_other),
        cmocka_unit_test(test_damage_is_seen_and_what_came_before_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
