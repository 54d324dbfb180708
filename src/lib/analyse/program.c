#include "analyse/program.h"

#include "base/grow.h"
#include "model/names.h"

#include <stdlib.h>

/* The packages and functions that a program's own code is known by. */
struct own_code {
    struct grl_text *list;
    size_t count;
    size_t capacity;
};

static int compare_texts(const void *pa, const void *pb)
{
    const struct grl_text *a = pa;
    const struct grl_text *b = pb;
    size_t len = a->len < b->len ? a->len : b->len;
    int order = len > 0 ? memcmp(a->ptr, b->ptr, len) : 0;

    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* main.main or a closure of it. */
static bool is_main(struct grl_text function)
{
    return text_eat(&function, TEXT("main.main")) &&
           (function.len == 0 || function.ptr[0] == '.');
}

static bool add_frame(struct own_code *c, const struct grl_frame *f)
{
    struct grl_text function = text_of(f->function);
    struct grl_text package = name_package(function);

    if (f->stdlib || package.len == 0 || is_main(function))
        return true; /* of every program */
    if (!GROW(c->list, c->capacity, c->count + 1))
        return false;
    c->list[c->count++] = text_equal(package, TEXT("main")) ? function
                                                            : package;
    return true;
}

static bool gather(struct own_code *c, const struct snapshot *s)
{
    bool ok = true;

    for (size_t i = 0; i < s->count && ok; i++) {
        const struct grl_cluster *t = &s->tallies[i]->pub;

        for (size_t k = 0; k < t->frame_count && ok; k++)
            ok = add_frame(c, t->frames[k]);
        if (ok && t->created_by != NULL)
            ok = add_frame(c, t->created_by);
    }
    if (c->count > 0)
        qsort(c->list, c->count, sizeof *c->list, compare_texts);
    return ok;
}

static bool share(const struct own_code *a, const struct own_code *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (bsearch(&b->list[i], a->list, a->count, sizeof *a->list,
                    compare_texts) != NULL)
            return true;
    return false;
}

/* In one file, by its whole path; what `go test` writes is in every test. */
static bool same_main(const struct snapshot *a, const struct snapshot *b)
{
    return a->main_file != NULL && b->main_file != NULL &&
           strcmp(a->main_file, b->main_file) == 0 &&
           strcmp(a->main_file, "_testmain.go") != 0;
}

enum grl_status program_is_same(const struct snapshot *a,
                                const struct snapshot *b, bool *same)
{
    struct own_code x = {0};
    struct own_code y = {0};
    bool ok = gather(&x, a) && gather(&y, b);

    *same = x.count == 0 || y.count == 0 || share(&x, &y) || same_main(a, b);
    free(x.list);
    free(y.list);
    return ok ? GRL_OK : GRL_ENOMEM;
}
