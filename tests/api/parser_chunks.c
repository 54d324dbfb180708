/* The goroutines reported depend on the bytes, never on how they were cut
 * up: every fixture, whole and in pieces, and none read past its end. */
#include <goroleak.h>

#include <dirent.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct buffer {
    char *bytes;
    size_t len;
    size_t size;
};

static void put_bytes(struct buffer *b, const char *bytes, size_t len)
{
    if (b->len + len + 1 > b->size) {
        b->size = 2 * (b->len + len + 1);
        b->bytes = realloc(b->bytes, b->size);
        assert_non_null(b->bytes);
    }
    memcpy(b->bytes + b->len, bytes, len);
    b->len += len;
    b->bytes[b->len] = '\0';
}

static void put(struct buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void put(struct buffer *b, const char *format, ...)
{
    char text[256];
    va_list args;
    int n = 0;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put_bytes(b, text, (size_t)n);
}

static struct buffer read_file(const char *path)
{
    struct buffer b = {0};
    char piece[4096];
    FILE *f = fopen(path, "rb");
    size_t got = 0;

    assert_non_null(f);
    put_bytes(&b, "", 0);
    while ((got = fread(piece, 1, sizeof piece, f)) > 0)
        put_bytes(&b, piece, got);
    fclose(f);
    return b;
}

/* ---------------------------------------- events written down as a text */

static void put_frame(struct buffer *b, const struct grl_frame *f)
{
    put_bytes(b, f->function, strlen(f->function));
    put(b, "%s at ", f->stdlib ? " (std)" : "");
    put_bytes(b, f->file, strlen(f->file));
    put(b, ":%" PRIu32 "\n", f->line);
}

static enum grl_status on_goroutine(void *user, const struct grl_goroutine *g)
{
    struct buffer *b = user;

    put(b, "%" PRIu64 " line %" PRIu64 " [", g->id, g->line);
    put_bytes(b, g->state.ptr, g->state.len);
    put(b, "] %" PRId64 " {", g->wait_minutes);
    put_bytes(b, g->labels.ptr, g->labels.len);
    put(b, "} %d%d%d%d%d%d%d %" PRIu64 "\n", g->locked, g->leaked, g->durable,
        g->elided, g->cut, g->unavailable, g->observer, g->parent);
    for (size_t i = 0; i < g->frame_count; i++)
        put_frame(b, g->frames[i]);
    if (g->created_by != NULL)
        put_frame(b, g->created_by);
    return GRL_OK;
}

static enum grl_status on_dump(void *user, const char *form)
{
    put(user, "dump %s\n", form);
    return GRL_OK;
}

static void on_damage(void *user, uint64_t line, const char *what)
{
    put(user, "damage %" PRIu64 " %s\n", line, what);
}

static void put_stats(struct buffer *b, const struct grl_parser_stats *s)
{
    put(b, "lines %" PRIu64 " goroutines %" PRIu64 " repeated %" PRIu64,
        s->lines, s->goroutines, s->repeated);
    put(b, " damaged %" PRIu64 " skipped %" PRIu64 " long %" PRIu64 " %d\n",
        s->damaged, s->skipped_lines, s->long_lines, s->truncated);
}

/* Where chunks are put before they are fed, or NULL: fed where they are. */
struct room {
    char *end; /* the page behind it cannot be read */
};

static const char *place(const struct room *room, const char *bytes, size_t len)
{
    if (room == NULL)
        return bytes;
    memcpy(room->end - len, bytes, len);
    return room->end - len;
}

static struct buffer parse(const char *bytes, size_t len, size_t chunk,
                           const struct room *room)
{
    static const struct grl_parser_events events = {on_goroutine, on_dump,
                                                    on_damage, NULL};
    struct grl_parser *p = NULL;
    struct buffer out = {0};

    assert_int_equal(grl_parser_new(&p, &events, &out, NULL), GRL_OK);
    for (size_t at = 0; at < len; at += chunk) {
        size_t n = len - at < chunk ? len - at : chunk;

        assert_int_equal(
            grl_parser_feed(p, place(room, bytes + at, n), n, NULL), GRL_OK);
    }
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    put_stats(&out, grl_parser_stats(p));
    grl_parser_free(p);
    return out;
}

/* --------------------------------------------------------- all fixtures */

static size_t for_each_file(const char *folder, void (*check)(const char *path))
{
    DIR *dir = opendir(folder);
    size_t count = 0;

    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        char path[512];
        struct stat s;
        size_t len = (size_t)snprintf(path, sizeof path, "%s/%s", folder,
                                      e->d_name);

        if (e->d_name[0] == '.' || stat(path, &s) != 0)
            continue;
        if (S_ISDIR(s.st_mode)) {
            count += for_each_file(path, check);
        } else if (len > 4 && strcmp(path + len - 4, ".txt") == 0) {
            check(path);
            count++;
        }
    }
    closedir(dir);
    return count;
}

static void check_chunks(const char *path)
{
    static const size_t chunks[] = {1, 2, 3, 7, 61, 299, 4096, 65537};
    struct buffer file = read_file(path);
    struct buffer whole = parse(file.bytes, file.len, file.len + 1, NULL);

    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        struct buffer pieces = parse(file.bytes, file.len, chunks[i], NULL);

        if (strcmp(pieces.bytes, whole.bytes) != 0)
            fail_msg("%s: other events in chunks of %zu", path, chunks[i]);
        free(pieces.bytes);
    }
    free(whole.bytes);
    free(file.bytes);
}

static void test_any_split_gives_the_same_events(void **state)
{
    (void)state;
    assert_true(for_each_file("fixtures", check_chunks) > 200);
}

/* --------------------------------------------------------- at the edge */

enum { ROOM_BYTES = 1024 * 1024 };

static struct room room;

/* Two parts of a file in memory; reading the second is a fault. */
static int make_room(void **state)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    FILE *f = tmpfile();
    char *at = MAP_FAILED;

    (void)state;
    if (f == NULL || ftruncate(fileno(f), (off_t)(ROOM_BYTES + page)) != 0)
        return -1;
    at = mmap(NULL, ROOM_BYTES + page, PROT_READ | PROT_WRITE, MAP_PRIVATE,
              fileno(f), 0);
    fclose(f);
    if (at == MAP_FAILED || mprotect(at + ROOM_BYTES, page, PROT_NONE) != 0)
        return -1;
    room.end = at + ROOM_BYTES;
    return 0;
}

static int leave_room(void **state)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    (void)state;
    return munmap(room.end - ROOM_BYTES, ROOM_BYTES + page);
}

static void check_edge(const char *path)
{
    struct buffer file = read_file(path);
    struct buffer plain = parse(file.bytes, file.len, ROOM_BYTES, NULL);
    struct buffer edge = parse(file.bytes, file.len, ROOM_BYTES, &room);
    struct buffer bits = parse(file.bytes, file.len, 5, &room);

    if (strcmp(plain.bytes, edge.bytes) != 0 ||
        strcmp(plain.bytes, bits.bytes) != 0)
        fail_msg("%s: other events at the edge", path);
    free(file.bytes);
    free(plain.bytes);
    free(edge.bytes);
    free(bits.bytes);
}

static void test_nothing_is_read_behind_a_chunk(void **state)
{
    (void)state;
    assert_true(for_each_file("fixtures", check_edge) > 200);
}

/* -------------------------------------------------------- cut anywhere */

static uint64_t count_of(const char *bytes, size_t len)
{
    static const struct grl_parser_events none = {NULL, NULL, NULL, NULL};
    struct grl_parser *p = NULL;
    uint64_t count = 0;

    assert_int_equal(grl_parser_new(&p, &none, NULL, NULL), GRL_OK);
    assert_int_equal(grl_parser_feed(p, place(&room, bytes, len), len, NULL),
                     GRL_OK);
    assert_int_equal(grl_parser_finish(p, NULL), GRL_OK);
    count = grl_parser_stats(p)->goroutines;
    grl_parser_free(p);
    return count;
}

static void check_cuts(const char *path, uint64_t goroutines)
{
    struct buffer file = read_file(path);
    uint64_t before = 0;

    for (size_t len = 0; len <= file.len; len++) {
        uint64_t now = count_of(file.bytes, len);

        if (now < before || now > before + 1)
            fail_msg("%s cut at %zu: %d goroutines after %d", path, len,
                     (int)now, (int)before);
        before = now;
    }
    if (before != goroutines)
        fail_msg("%s: %d goroutines", path, (int)before);
    free(file.bytes);
}

static void test_a_cut_anywhere_loses_no_earlier_goroutine(void **state)
{
    (void)state;
    check_cuts("fixtures/debug2/labels/go1.26.txt", 32);
    check_cuts("fixtures/cases/14_ancestors.txt", 3);
    check_cuts("fixtures/cases/08_labels127.txt", 3);
    check_cuts("fixtures/cases/19_logprefix.txt", 3);
    check_cuts("fixtures/cases/17_crlf.txt", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_split_gives_the_same_events),
        cmocka_unit_test_setup_teardown(test_nothing_is_read_behind_a_chunk,
                                        make_room, leave_room),
        cmocka_unit_test_setup_teardown(
            test_a_cut_anywhere_loses_no_earlier_goroutine, make_room,
            leave_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
