/* A pipe is read by one thread while it is waited for, by several when it is
 * not; either way what comes is what was written. */
#include "input/plain.h"

#include "input/pipe.h"
#include "support/unit.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BYTES = 48 * 1024 * 1024, DRIP_BYTES = STREAM_CHUNK_BYTES / 2 };

struct pipe_test {
    int reader, writer;
    bool drips; /* no more is written until all of it was read */
    bool wide;  /* it holds a chunk */
    char *text;
    size_t at; /* of TEXT what was shown */
    size_t alone, together;
    atomic_bool written;
};

static size_t in_pipe(const struct pipe_test *t)
{
    int n = 0;

    assert_int_equal(ioctl(t->reader, FIONREAD, &n), 0);
    return (size_t)n;
}

static void *write_all(void *user)
{
    struct pipe_test *t = user;

    for (size_t at = 0; at < BYTES; at += DRIP_BYTES) {
        while (t->drips && in_pipe(t) > 0)
            poll(NULL, 0, 0);
        assert_int_equal(write(t->writer, t->text + at, DRIP_BYTES),
                         DRIP_BYTES);
    }
    atomic_store(&t->written, true);
    close(t->writer);
    return NULL;
}

static enum grl_status show(struct pipe_test *t, const struct piece *p)
{
    assert_true(p->len <= BYTES - t->at);
    assert_memory_equal(p->bytes, t->text + t->at, p->len);
    t->at += p->len;
    return GRL_OK;
}

/* Slower than the writer. */
static enum grl_status bytes(void *user, const struct piece *p)
{
    struct pipe_test *t = user;

    t->alone++;
    while (t->wide && !t->drips && !atomic_load(&t->written) &&
           in_pipe(t) < STREAM_CHUNK_BYTES)
        poll(NULL, 0, 0);
    return show(t, p);
}

static void look_ahead(void *user, size_t worker, size_t slot,
                       const struct piece *p)
{
    (void)user;
    (void)worker;
    (void)slot;
    (void)p;
}

static enum grl_status take(void *user, size_t slot, const struct piece *p)
{
    struct pipe_test *t = user;

    (void)slot;
    t->together++;
    return show(t, p);
}

/* It may be one that could not be made to hold so much. */
static bool holds_a_chunk(const struct pipe_test *t)
{
    struct pollfd p = {.fd = t->writer, .events = POLLOUT};
    size_t n = 0;

    while (n < STREAM_CHUNK_BYTES && poll(&p, 1, 0) == 1)
        n += (size_t)write(t->writer, t->text, 4096);
    for (size_t left = n; left > 0; left -= 4096)
        assert_int_equal(read(t->reader, t->text, 4096), 4096);
    return n >= STREAM_CHUNK_BYTES;
}

/* Lines, so that pieces end between some. */
static void set_up_pipe(struct pipe_test *t)
{
    int ends[2];

    t->text = malloc(BYTES);
    assert_non_null(t->text);
    for (size_t i = 0; i < BYTES; i++)
        t->text[i] = i % 61 == 0 || i % 1009 < 2 ? '\n' : (char)('a' + i % 23);
    assert_int_equal(pipe(ends), 0);
    t->reader = ends[0];
    t->writer = ends[1];
    pipe_widen(t->reader);
    t->wide = holds_a_chunk(t);
}

static void read_pipe(struct pipe_test *t, size_t workers)
{
    struct stream s = {.fd = t->reader};
    const struct source_visit visit = {.bytes = bytes,
                                       .user = t,
                                       .workers = workers,
                                       .ahead = look_ahead,
                                       .take = take};
    pthread_t thread;

    s.chunk = calloc(1, STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES);
    assert_non_null(s.chunk);
    assert_int_equal(pthread_create(&thread, NULL, write_all, t), 0);
    assert_int_equal(plain_read(&s, &visit, false, NULL), GRL_OK);
    pthread_join(thread, NULL);
    assert_int_equal(t->at, BYTES);
    close(t->reader);
    free(s.chunk);
    free(t->text);
}

static void test_a_pipe_that_is_full(void **state)
{
    struct pipe_test t = {.drips = false};

    (void)state;
    set_up_pipe(&t);
    read_pipe(&t, 1);
    if (!t.wide)
        skip();
    assert_true(t.alone > 0);
    assert_true(t.together > 0);
}

static void test_a_pipe_that_is_full_alone(void **state)
{
    struct pipe_test t = {.drips = false};

    (void)state;
    set_up_pipe(&t);
    read_pipe(&t, 0);
    assert_int_equal(t.together, 0);
}

static void test_a_pipe_that_is_waited_for(void **state)
{
    struct pipe_test t = {.drips = true};

    (void)state;
    set_up_pipe(&t);
    read_pipe(&t, 1);
    assert_true(t.alone >= BYTES / STREAM_CHUNK_BYTES);
    assert_int_equal(t.together, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pipe_that_is_full),
        cmocka_unit_test(test_a_pipe_that_is_full_alone),
        cmocka_unit_test(test_a_pipe_that_is_waited_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
