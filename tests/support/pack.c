#include "support/pack.h"

#include "support/unit.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

size_t pack_gzip(const char *plain, size_t len, size_t step, char *out,
                 size_t room, struct pack_mark *marks)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)plain,
                  .next_out = (Bytef *)out,
                  .avail_out = (uInt)room};

    assert_int_equal(
        deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    for (size_t at = 0; at + step <= len; at += step) {
        z.avail_in = (uInt)step;
        assert_int_equal(deflate(&z, Z_SYNC_FLUSH), Z_OK);
        *marks++ = (struct pack_mark){at + step, z.total_out};
    }
    z.avail_in = (uInt)(len % step);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return z.total_out;
}

size_t pack_bzip2(const char *plain, size_t len, size_t step, char *out,
                  size_t room, struct pack_mark *marks)
{
    bz_stream z = {.next_in = (char *)(uintptr_t)plain,
                   .next_out = out,
                   .avail_out = (unsigned)room};

    assert_int_equal(BZ2_bzCompressInit(&z, 1, 0, 0), BZ_OK);
    for (size_t at = 0; at + step <= len; at += step) {
        z.avail_in = (unsigned)step;
        assert_int_equal(BZ2_bzCompress(&z, BZ_FLUSH), BZ_RUN_OK);
        *marks++ = (struct pack_mark){at + step, z.total_out_lo32};
    }
    z.avail_in = (unsigned)(len % step);
    assert_int_equal(BZ2_bzCompress(&z, BZ_FINISH), BZ_STREAM_END);
    BZ2_bzCompressEnd(&z);
    return z.total_out_lo32;
}

size_t pack_xz(const char *plain, size_t len, size_t step, char *out,
               size_t room, struct pack_mark *marks)
{
    lzma_stream z = LZMA_STREAM_INIT;

    assert_int_equal(lzma_easy_encoder(&z, 0, LZMA_CHECK_CRC64), LZMA_OK);
    z.next_in = (const uint8_t *)plain;
    z.next_out = (uint8_t *)out;
    z.avail_out = room;
    for (size_t at = 0; at + step <= len; at += step) {
        z.avail_in = step;
        assert_int_equal(lzma_code(&z, LZMA_SYNC_FLUSH), LZMA_STREAM_END);
        *marks++ = (struct pack_mark){at + step, (size_t)z.total_out};
    }
    z.avail_in = len % step;
    assert_int_equal(lzma_code(&z, LZMA_FINISH), LZMA_STREAM_END);
    len = (size_t)z.total_out;
    lzma_end(&z);
    return len;
}

size_t pack_zstd(const char *plain, size_t len, size_t step, char *out,
                 size_t room, struct pack_mark *marks)
{
    ZSTD_CCtx *z = ZSTD_createCCtx();
    ZSTD_outBuffer to = {out, room, 0};
    ZSTD_inBuffer from = {plain, 0, 0};

    assert_non_null(z);
    ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
    while (from.size + step <= len) {
        from.size += step;
        assert_int_equal(ZSTD_compressStream2(z, &to, &from, ZSTD_e_flush), 0);
        *marks++ = (struct pack_mark){from.size, to.pos};
    }
    from.size = len;
    assert_int_equal(ZSTD_compressStream2(z, &to, &from, ZSTD_e_end), 0);
    ZSTD_freeCCtx(z);
    return to.pos;
}
