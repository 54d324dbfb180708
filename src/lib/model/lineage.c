#include "model/lineage.h"

#include "base/grow.h"
#include "base/text.h"

#include <stdlib.h>

/* Where the part of T begins that names a test, as `go test` demands it: Test
 * or its like, and no small letter behind; T.len when none does. */
static size_t find_test(struct grl_text t)
{
    static const struct grl_text words[] = {
        {"Test", 4}, {"Benchmark", 9}, {"Fuzz", 4}, {"Example", 7}};
    size_t at = text_rfind_byte(t, '/');

    for (at = at < t.len ? at : 0; at < t.len; at++) {
        if (t.ptr[at] != '.')
            continue;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            struct grl_text rest = text_sub(t, at + 1, t.len);

            if (text_eat(&rest, words[i]) &&
                (rest.len == 0 || rest.ptr[0] < 'a' || rest.ptr[0] > 'z'))
                return at + 1;
        }
    }
    return t.len;
}

/* "cart.TestAdd" of "cart.TestAdd.func1.2"; empty when it names no test. */
static struct grl_text test_name(const struct grl_frame *f)
{
    struct grl_text t = text_of(f->function);
    size_t at = find_test(t);
    size_t end = at;

    while (end < t.len && t.ptr[end] != '.' && t.ptr[end] != '[')
        end++;
    return text_sub(t, 0, at < t.len ? end : 0);
}

/* The same, of frames in files of tests.  TestMain runs them all, in goroutine
 * 1, from which every one descends. */
static struct grl_text test_of_frame(const struct grl_frame *f)
{
    struct grl_text t = TEXT("");

    if (f != NULL && text_ends(text_of(f->file), TEXT("_test.go")))
        t = test_name(f);
    return text_ends(t, TEXT(".TestMain")) ? TEXT("") : t;
}

/* The function that testing runs, else whoever of a test created G, else the
 * outermost frame of one. */
static struct grl_text test_of(const struct grl_goroutine *g)
{
    struct grl_text t = test_of_frame(g->created_by);

    for (size_t i = g->frame_count; i > 0 && t.len == 0; i--) {
        const struct grl_frame *f = g->frames[i - 1];

        if (i > 1 && strcmp(f->function, "testing.tRunner") == 0)
            t = test_name(g->frames[i - 2]);
        if (t.len == 0)
            t = test_of_frame(f);
    }
    return t;
}

bool lineage_add(struct lineage *l, const struct grl_goroutine *g,
                 struct strings *names)
{
    struct grl_text test = test_of(g);
    const struct string *name = NULL;

    if (test.len == 0 && g->parent == 0)
        return true;
    if (test.len > 0 && (name = strings_intern(names, test)) == NULL)
        return false;
    if (!GROW(l->list, l->capacity, l->count + 1))
        return false;
    l->list[l->count++] = (struct descent){g->id, g->parent,
                                           name != NULL ? name->text : NULL};
    l->sorted = false;
    return true;
}

static int compare(const void *pa, const void *pb)
{
    const struct descent *a = pa;
    const struct descent *b = pb;

    return (a->id > b->id) - (a->id < b->id);
}

const char *lineage_test(struct lineage *l, uint64_t id)
{
    enum { MOST_STEPS = 64 }; /* a crafted dump may go round in a circle */
    struct descent key = {.id = id};

    if (!l->sorted && l->count > 0)
        qsort(l->list, l->count, sizeof *l->list, compare);
    l->sorted = true;
    for (int i = 0; i < MOST_STEPS && l->count > 0 && key.id != 0; i++) {
        const struct descent *d = bsearch(&key, l->list, l->count,
                                          sizeof *l->list, compare);

        if (d == NULL || d->test != NULL)
            return d != NULL ? d->test : NULL;
        key.id = d->parent;
    }
    return NULL;
}

void lineage_free(struct lineage *l)
{
    free(l->list);
    *l = (struct lineage){0};
}
