/* Compressed streams: whole, one behind the other, cut, damaged, too large. */
#include "base/limits.h"
#include "input/decode.h"
#include "support/pack.h"
#include "support/unit.h"

#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>

enum { PLAIN = 200000, STEP = 700, MARKS = PLAIN / STEP, ROOM = 2 * PLAIN };

static const struct format {
    const struct codec *codec;
    pack_fn *pack;
    size_t lag;     /* bytes that a flush leaves in the packer */
    size_t trailer; /* bytes behind the data in which every bit counts */
} formats[] = {
    {&codec_gzip, pack_gzip, 0, 8},
    {&codec_bzip2, pack_bzip2, 4, 5},
    {&codec_xz, pack_xz, 0, 12},
    {&codec_zstd, pack_zstd, 0, 4},
};

/* What each test has: text of which a part repeats, and room for it packed. */
struct texts {
    char plain[PLAIN];
    char packed[ROOM];
    struct pack_mark marks[MARKS];
};

/* For all tests, each of which packs what it needs. */
static int texts_new(void **state)
{
    struct texts *t = malloc(sizeof *t);
    uint32_t x = 1;

    *state = t;
    for (size_t i = 0; t != NULL && i < PLAIN; i++) {
        x = x * 1103515245u + 12345u;
        t->plain[i] = (char)(i % 300 < 200 ? 'a' + i % 26
                                           : '0' + (x >> 16) % 64);
    }
    return t != NULL ? 0 : -1;
}

static int texts_free(void **state)
{
    free(*state);
    return 0;
}

static size_t pack(struct texts *t, const struct format *f, size_t from,
                   size_t to, char *out)
{
    return f->pack(t->plain + from, to - from, STEP, out,
                   (size_t)(t->packed + ROOM - out), t->marks);
}

struct bytes {
    const char *ptr;
    size_t len;
    size_t piece;
};

static enum grl_status next(void *user, const char **bytes, size_t *len,
                            struct grl_error *err)
{
    struct bytes *b = user;

    *bytes = b->ptr;
    *len = b->len < b->piece ? b->len : b->piece;
    b->ptr += *len;
    b->len -= *len;
    return err == NULL || *len > 0 ? GRL_OK : GRL_EIO;
}

/* How many bytes come out, which are PLAIN's, and the fault. */
static size_t unpacked(const struct codec *codec, struct bytes from,
                       const char *plain, struct decode_fault *fault)
{
    struct decode *d = decode_new(codec, next, &from);
    const char *bytes = NULL;
    size_t len = 0;
    size_t sum = 0;

    assert_non_null(d);
    while (decode_next(d, &bytes, &len, NULL) == GRL_OK && len > 0) {
        assert_memory_equal(bytes, plain + sum, len);
        sum += len;
    }
    *fault = *decode_fault(d);
    decode_free(d);
    return sum;
}

static void assert_fault(const struct decode_fault *fault, enum grl_status code,
                         const char *before, const struct format *f,
                         const char *behind)
{
    char want[sizeof fault->words];

    snprintf(want, sizeof want, "%s%s input%s", before, f->codec->name, behind);
    assert_int_equal(fault->code, code);
    assert_string_equal(fault->words, want);
}

/* All of PLAIN comes out of the first LEN packed bytes, without a word. */
static void assert_whole(const struct texts *t, const struct format *f,
                         size_t len, size_t piece)
{
    struct decode_fault fault;
    struct bytes b = {t->packed, len, piece};

    assert_int_equal(unpacked(f->codec, b, t->plain, &fault), PLAIN);
    assert_int_equal(fault.code, GRL_OK);
    assert_string_equal(fault.words, "");
}

/* How many bytes come out of the first LEN packed ones, which are HOW. */
static size_t broken(const struct texts *t, const struct format *f, size_t len,
                     const char *how)
{
    struct decode_fault fault;
    struct bytes b = {t->packed, len, 4096};
    size_t got = unpacked(f->codec, b, t->plain, &fault);

    assert_fault(&fault, GRL_EIO, how, f, "");
    return got;
}

static void test_pieces_do_not_matter(void **state)
{
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(formats); i++) {
        size_t len = pack(t, &formats[i], 0, PLAIN, t->packed);

        for (size_t piece = 1; piece < 700000; piece = piece * 3 + 1)
            assert_whole(t, &formats[i], len, piece);
    }
}

static void test_a_cut_loses_nothing_that_was_flushed(void **state)
{
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(formats); i++) {
        const struct format *f = &formats[i];
        size_t len = pack(t, f, 0, PLAIN, t->packed);
        size_t n = 0;

        for (size_t cut = 1; cut < len; cut += cut < 300 ? 1 : 97) {
            size_t got = broken(t, f, cut, "truncated ");

            while (n < MARKS && t->marks[n].packed + f->lag <= cut)
                n++;
            assert_true(got >= (n > 0 ? t->marks[n - 1].plain : 0));
        }
    }
}

/* What is in the middle of its packed bytes is there up to the last of them. */
static void test_a_cut_between_two_flushes_gives_what_lies_before(void **state)
{
    static const size_t streaming[] = {0, 2}; /* gzip and xz have no blocks */
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(streaming); i++) {
        const struct format *f = &formats[streaming[i]];
        size_t len = f->pack(t->plain, PLAIN, PLAIN, t->packed, ROOM, t->marks);
        size_t before = 0;

        for (size_t cut = 2000; cut < len; cut += 1000) {
            size_t got = broken(t, f, cut, "truncated ");

            assert_true(got >= before + 500);
            before = got;
        }
    }
}

static void test_streams_come_one_behind_the_other(void **state)
{
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(formats); i++) {
        size_t len = pack(t, &formats[i], 0, 1000, t->packed);

        len += pack(t, &formats[i], 1000, 1000, t->packed + len);
        memset(t->packed + len, 0, 8);
        len += pack(t, &formats[i], 1000, PLAIN, t->packed + len + 8) + 8;
        memset(t->packed + len, 0, 8);
        for (size_t more = 0; more <= 8; more++)
            assert_whole(t, &formats[i], len + more, 1000);
        assert_whole(t, &formats[i], len, 1);
    }
}

static void test_other_bytes_behind_are_told(void **state)
{
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(formats); i++) {
        const struct format *f = &formats[i];
        size_t len = pack(t, f, 0, PLAIN, t->packed);

        t->packed[len] = '\n';
        assert_int_equal(broken(t, f, len + 1, "other bytes behind "), PLAIN);
    }
}

/* The last bytes are checksums and lengths. */
static void test_damage_is_seen_and_what_came_before_counts(void **state)
{
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(formats); i++) {
        const struct format *f = &formats[i];
        size_t len = pack(t, f, 0, PLAIN, t->packed);

        for (size_t n = 1; n <= f->trailer; n++) {
            t->packed[len - n] ^= 0x10;
            assert_int_equal(broken(t, f, len, "damaged "), PLAIN);
            t->packed[len - n] ^= 0x10;
        }
    }
}

/* Whatever its size, a frame or stream that is damaged gives what it gave. */
static void test_damage_in_a_later_stream(void **state)
{
    struct texts *t = *state;

    for (size_t i = 0; i < LENGTH(formats); i++) {
        const struct format *f = &formats[i];
        size_t len = pack(t, f, 0, 1400, t->packed);
        size_t more = pack(t, f, 1400, 2800, t->packed + len);

        memset(t->packed + t->marks[0].packed + len + f->lag + 1, 0xff, 20);
        assert_true(broken(t, f, len + more, "damaged ") >= 2100);
    }
}

static void test_a_source_that_fails_loses_nothing(void **state)
{
    struct texts *t = *state;
    struct grl_error err = {.code = GRL_OK};

    for (size_t i = 0; i < LENGTH(formats); i++) {
        struct bytes b = {t->packed, 0, 4096};
        struct decode *d = decode_new(formats[i].codec, next, &b);
        const char *bytes = NULL;
        size_t len = 0;

        pack(t, &formats[i], 0, PLAIN, t->packed);
        b.len = t->marks[1].packed + formats[i].lag;
        assert_int_equal(decode_next(d, &bytes, &len, &err), GRL_OK);
        assert_true(len >= (size_t)2 * STEP);
        assert_int_equal(decode_next(d, &bytes, &len, &err), GRL_EIO);
        assert_int_equal(len, 0);
        decode_free(d);
    }
}

/* ------------------------------------------------------- zstd's own forms */

static const struct format *const zstd = &formats[3];

static void test_zstd_frames_to_be_skipped(void **state)
{
    static const char skip[] = "\x5e\x2a\x4d\x18\x03\0\0\0abc";
    struct texts *t = *state;
    size_t n = sizeof skip - 1;
    size_t len = n;

    memcpy(t->packed, skip, n);
    len += pack(t, zstd, 0, 1000, t->packed + len);
    memcpy(t->packed + len, skip, n);
    len += n + pack(t, zstd, 1000, PLAIN, t->packed + len + n);
    memcpy(t->packed + len, skip, n);
    assert_ptr_equal(codec_of((struct grl_text){t->packed, len}), zstd->codec);
    assert_whole(t, zstd, len + n, 1000);
    assert_whole(t, zstd, len + n, 1);
}

/* A frame of one raw block, "go", whose window has this descriptor. */
static size_t of_window(unsigned char window, struct decode_fault *fault)
{
    char frame[] = "\x28\xb5\x2f\xfd\0W\x11\0\0go";
    struct bytes b = {frame, sizeof frame - 1, 4096};

    frame[5] = (char)window;
    return unpacked(zstd->codec, b, "go", fault);
}

static void test_zstd_window_at_its_limit_and_beyond(void **state)
{
    struct decode_fault fault;

    (void)state;
    assert_int_equal(LIMIT_DECODER_BYTES, (size_t)1 << (10 + 18));
    assert_int_equal(of_window(18 << 3, &fault), 2);
    assert_int_equal(fault.code, GRL_OK);
    assert_int_equal(of_window((18 << 3) + 1, &fault), 0);
    assert_fault(&fault, GRL_ELIMIT, "", zstd,
                 " that takes over 256 MiB to unpack");
}

static void test_zstd_that_needs_a_dictionary(void **state)
{
    char frame[] = "\x28\xb5\x2f\xfd\x01\x40\x07\x11\0\0go";
    struct bytes b = {frame, sizeof frame - 1, 4096};
    struct decode_fault fault;

    (void)state;
    assert_int_equal(unpacked(zstd->codec, b, "go", &fault), 0);
    assert_fault(&fault, GRL_EIO, "", zstd,
                 " that needs a dictionary or filter not known here");
}

/* --------------------------------------------------------- xz's own forms */

static const struct format *const xz = &formats[2];

/* PACKED with this size of dictionary in its block's header, behind the 12
 * bytes of the stream's; see "Block Header" in the format's description. */
static void set_dictionary(char *packed, unsigned char size)
{
    unsigned char *header = (unsigned char *)packed + 12;
    uint32_t crc = 0;

    assert_int_equal(header[2], LZMA_FILTER_LZMA2);
    header[4] = size;
    crc = lzma_crc32(header, 8, 0);
    for (size_t i = 0; i < 4; i++)
        header[8 + i] = (unsigned char)(crc >> 8 * i);
}

static void test_xz_memory_at_its_limit_and_beyond(void **state)
{
    enum { MIB_192 = 31, MIB_256 = 32 };
    struct texts *t = *state;
    size_t len = pack(t, xz, 0, PLAIN, t->packed);
    struct bytes b = {t->packed, len, 4096};
    struct decode_fault fault;

    set_dictionary(t->packed, MIB_192);
    assert_whole(t, xz, len, 4096);
    set_dictionary(t->packed, MIB_256); /* and a little for the rest */
    assert_int_equal(unpacked(xz->codec, b, t->plain, &fault), 0);
    assert_fault(&fault, GRL_ELIMIT, "", xz,
                 " that takes over 256 MiB to unpack");
}

static void test_what_begins_like_a_stream(void **state)
{
    (void)state;
    assert_null(codec_of(TEXT("BZh, said the log")));
    assert_null(codec_of(TEXT("BZh0\x31\x41\x59\x26\x53\x59")));
    assert_null(codec_of(TEXT("PQ*M")));
    assert_null(codec_of(TEXT("\x1f\x8b")));
    assert_null(codec_of(TEXT("")));
    assert_ptr_equal(codec_of(TEXT("BZh9\x17\x72")), &codec_bzip2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_do_not_matter),
        cmocka_unit_test(test_a_cut_loses_nothing_that_was_flushed),
        cmocka_unit_test(test_a_cut_between_two_flushes_gives_what_lies_before),
        cmocka_unit_test(test_streams_come_one_behind_the_other),
        cmocka_unit_test(test_other_bytes_behind_are_told),
        cmocka_unit_test(test_damage_is_seen_and_what_came_before_counts),
        cmocka_unit_test(test_damage_in_a_later_stream),
        cmocka_unit_test(test_a_source_that_fails_loses_nothing),
        cmocka_unit_test(test_zstd_frames_to_be_skipped),
        cmocka_unit_test(test_zstd_window_at_its_limit_and_beyond),
        cmocka_unit_test(test_zstd_that_needs_a_dictionary),
        cmocka_unit_test(test_xz_memory_at_its_limit_and_beyond),
        cmocka_unit_test(test_what_begins_like_a_stream),
    };

    return cmocka_run_group_tests(tests, texts_new, texts_free);
}
