/*
 * The fast path with AVX2: 64 bytes at a time, hardly a branch.
 *
 * Behind a frame's text it reads bytes that count for nothing, and that another
 * thread may be writing: the text of the next frame.  ThreadSanitizer cannot
 * know that they are masked off, so its build goes the plain way.
 */
#include "parse/fast.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_THREAD__)

#include <immintrin.h>

#define FAST_TARGET __attribute__((target("avx2,bmi,bmi2")))
#define FAST_READ fast_read_avx2

enum { WIDE_BYTES = 128 };

bool fast_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

FAST_TARGET static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

FAST_TARGET static inline uint64_t mask(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

/* Which of the 64 bytes at A and at B are equal? */
FAST_TARGET static inline uint64_t equal(const char *a, const char *b)
{
    return mask(_mm256_cmpeq_epi8(load(a), load(b)),
                _mm256_cmpeq_epi8(load(a + 32), load(b + 32)));
}

/* No branch for what most lines are: lengths vary too much to be foretold. */
FAST_TARGET static inline bool same(const char *a, const char *b, size_t n)
{
    for (; n > 128; n -= 64, a += 64, b += 64)
        if (equal(a, b) != UINT64_MAX)
            return false;
    return (_bzhi_u64(~equal(a, b), (unsigned)n) |
            _bzhi_u64(~equal(a + 64, b + 64), n > 64 ? (unsigned)n - 64 : 0)) ==
           0;
}

/* Bytes whose bit for their high half and bit for their low half meet: the
 * classes of Langdale and Lemire, "Parsing gigabytes of JSON per second"
 * (2019), section 3.1.2. */
FAST_TARGET static inline __m256i outside(const char *p, __m256i by_low,
                                          __m256i by_high)
{
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i v = load(p);
    __m256i low = _mm256_shuffle_epi8(by_low, _mm256_and_si256(v, half));
    __m256i high = _mm256_shuffle_epi8(
        by_high, _mm256_and_si256(_mm256_srli_epi16(v, 4), half));

    return _mm256_cmpeq_epi8(_mm256_and_si256(low, high),
                             _mm256_setzero_si256());
}

#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

/*
 * Argument bytes, as in parse/arguments.c.  Bits: 1 for 00 and 80, 2 for
 * 20 2c 2e, 4 for 30-39 3f, 8 for 5f, 16 for 61-66, 32 for 78 7b 7d, 64 for
 * a6, 128 for e2.
 */
FAST_TARGET static inline uint64_t no_arguments(const char *p)
{
    const __m256i by_low = TWICE(1 | 2 | 4, 4 | 16, (char)(4 | 16 | 128),
                                 4 | 16, 4 | 16, 4 | 16, 4 | 16 | 64, 4, 4 | 32,
                                 4, 0, 32, 2, 32, 2, 4 | 8);
    const __m256i by_high = TWICE(1, 0, 2, 4, 0, 8, 16, 32, 1, 0, 64, 0, 0, 0,
                                  (char)128, 0);

    return mask(outside(p, by_low, by_high), outside(p + 32, by_low, by_high));
}

FAST_TARGET static inline const char *arguments_to(const char *p,
                                                   const char *end)
{
    const char *limit = end - p > FAST_LINE_BYTES ? p + FAST_LINE_BYTES : end;

    for (; limit - p >= 64; p += 64) {
        uint64_t no = no_arguments(p);

        if (no != 0)
            return p + _tzcnt_u64(no);
    }
    return end;
}

/* " +0x" as a number; x86-64 is little-endian. */
static const uint32_t PLUS = 0x78302b20;

/* No branch on whether an offset is there, which inlined calls do not have.
 * Digits are 1 for 30-39 and 2 for 61-66. */
FAST_TARGET static inline const char *offset_to(const char *p, const char *end)
{
    const __m256i by_low = TWICE(1, 3, 3, 3, 3, 3, 3, 1, 1, 1, 0, 0, 0, 0, 0,
                                 0);
    const __m256i by_high = TWICE(0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0,
                                  0);
    uint32_t start = 0;
    uint32_t digits = 0;
    uint32_t len = 0;

    if (end - p < WIDE_BYTES)
        return NULL;
    memcpy(&start, p, sizeof start);
    digits = _tzcnt_u32(
        (uint32_t)_mm256_movemask_epi8(outside(p + 4, by_low, by_high)));
    len = *p == '\n' ? 0 : 4 + digits;
    if ((p[len] != '\n') | ((len > 0) & ((start != PLUS) | (digits - 1 > 15))))
        return NULL;
    return p + len + 1;
}

FAST_TARGET static inline const char *until(const char *p, const char *end,
                                            char a, char b)
{
    const __m256i as = _mm256_set1_epi8(a);
    const __m256i bs = _mm256_set1_epi8(b);

    for (; end - p >= 32; p += 32) {
        __m256i v = load(p);
        uint32_t hit = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(
            _mm256_cmpeq_epi8(v, as), _mm256_cmpeq_epi8(v, bs)));

        if (hit != 0)
            return p + _tzcnt_u32(hit);
    }
    return end;
}

#include "parse/fast_body.inc"

#else

bool fast_has_avx2(void)
{
    return false;
}

void fast_read_avx2(struct fast *f, const char *bytes, const char *end,
                    struct fast_stack *out)
{
    fast_read_plain(f, bytes, end, out);
}

#endif
