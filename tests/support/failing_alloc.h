/*
 * The allocator of a test program, which can be made to fail.  It defines
 * malloc() and the like, so include it in one file of a program only; it is
 * no part of libsupport.a, which would give it to every test.
 *
 * While armed, each allocation has pages of its own, flush against one that
 * nobody may touch, and its pages are closed when it is freed: reading past
 * an allocation or behind free() is a fault and not luck.
 *
 * glibc only, as others have no name for the functions that are replaced:
 * elsewhere CAN_FAIL_ALLOC is 0 and nothing else is defined.
 */
#ifndef SUPPORT_FAILING_ALLOC_H
#define SUPPORT_FAILING_ALLOC_H

#include <stdlib.h>

#ifndef __GLIBC__
#define CAN_FAIL_ALLOC 0
#else
#define CAN_FAIL_ALLOC 1

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What glibc calls the functions replaced below.
 * NOLINTBEGIN(bugprone-reserved-identifier): the names are not ours. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);
/* NOLINTEND(bugprone-reserved-identifier) */

enum { ALLOC_PAGE = 4096, ALLOC_ALIGN = 16 };

/* Address space for one armed stretch; none of it is used twice. */
static const size_t alloc_space = SIZE_MAX > UINT32_MAX ? (size_t)1 << 30
                                                        : (size_t)1 << 28;

static struct {
    bool armed;
    bool and_after; /* not only number fail_at, but all behind it */
    size_t fail_at;
    size_t asked;  /* allocations asked for since armed */
    size_t failed; /* of these */
    size_t live;   /* allocations of armed stretches not yet freed */
    char *space;
    size_t used;
} alloc_state;

/* In front of each allocation. */
struct alloc_head {
    size_t size;
    char *pages;
    size_t page_bytes;
};

/* From now on allocation FAIL_AT, counted from 1, fails, and with AND_AFTER
 * all that follow.  SIZE_MAX: none fails. */
static void alloc_arm(size_t fail_at, bool and_after)
{
    int zero = open("/dev/zero", O_RDWR | O_CLOEXEC);
    char *space = MAP_FAILED;

    if (alloc_state.space != NULL)
        munmap(alloc_state.space, alloc_space);
    if (zero >= 0) {
        space = mmap(NULL, alloc_space, PROT_NONE, MAP_PRIVATE, zero, 0);
        close(zero);
    }
    if (space == MAP_FAILED)
        abort();
    alloc_state.space = space;
    alloc_state.used = 0;
    alloc_state.asked = alloc_state.failed = alloc_state.live = 0;
    alloc_state.fail_at = fail_at;
    alloc_state.and_after = and_after;
    alloc_state.armed = true;
}

static void alloc_disarm(void)
{
    alloc_state.armed = false;
}

static bool alloc_is_ours(const void *p)
{
    const char *c = p;

    return alloc_state.space != NULL && c >= alloc_state.space &&
           c < alloc_state.space + alloc_space;
}

static void *alloc_take(size_t size)
{
    size_t need = sizeof(struct alloc_head) + size + ALLOC_ALIGN;
    size_t bytes = (need + ALLOC_PAGE - 1) / ALLOC_PAGE * ALLOC_PAGE;
    char *pages = alloc_state.space + alloc_state.used;
    char *p = NULL;
    struct alloc_head head = {size, pages, bytes};

    alloc_state.asked++;
    if (alloc_state.asked == alloc_state.fail_at ||
        (alloc_state.asked > alloc_state.fail_at && alloc_state.and_after)) {
        alloc_state.failed++;
        errno = ENOMEM;
        return NULL;
    }
    if (size > alloc_space ||
        bytes + ALLOC_PAGE > alloc_space - alloc_state.used ||
        mprotect(pages, bytes, PROT_READ | PROT_WRITE) != 0)
        abort(); /* the test asks too much: this is no failure to inject */
    alloc_state.used += bytes + ALLOC_PAGE;
    alloc_state.live++;
    p = pages + bytes - (size + ALLOC_ALIGN - 1) / ALLOC_ALIGN * ALLOC_ALIGN;
    memcpy(p - sizeof head, &head, sizeof head);
    return p;
}

static struct alloc_head alloc_head_of(const void *p)
{
    struct alloc_head head;

    memcpy(&head, (const char *)p - sizeof head, sizeof head);
    return head;
}

static void alloc_give_back(void *p)
{
    struct alloc_head head = alloc_head_of(p);

    alloc_state.live--;
    if (mprotect(head.pages, head.page_bytes, PROT_NONE) != 0)
        abort();
}

/* Seen by shared libraries too, whatever -fvisibility says. */
#define ALLOC_EXPORT __attribute__((visibility("default")))

ALLOC_EXPORT void *malloc(size_t size)
{
    return alloc_state.armed ? alloc_take(size) : __libc_malloc(size);
}

ALLOC_EXPORT void *calloc(size_t count, size_t size)
{
    if (!alloc_state.armed)
        return __libc_calloc(count, size);
    if (size > 0 && count > SIZE_MAX / size)
        return NULL;
    return alloc_take(count * size); /* fresh pages are zero */
}

ALLOC_EXPORT void free(void *p)
{
    if (alloc_is_ours(p))
        alloc_give_back(p);
    else
        __libc_free(p);
}

ALLOC_EXPORT void *realloc(void *p, size_t size)
{
    void *bigger = NULL;
    size_t had = 0;

    if (p == NULL)
        return malloc(size);
    if (!alloc_is_ours(p))
        return __libc_realloc(p, size);
    bigger = malloc(size);
    if (bigger == NULL)
        return NULL;
    had = alloc_head_of(p).size;
    memcpy(bigger, p, had < size ? had : size);
    alloc_give_back(p);
    return bigger;
}

#endif

#endif
