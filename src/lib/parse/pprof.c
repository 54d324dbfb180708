#include "parse/pprof.h"

#include "base/grow.h"
#include "parse/record.h"

#include <pprof.pb-c.h>
#include <stdio.h>
#include <stdlib.h>

bool pprof_begins(struct grl_text head)
{
    const unsigned char *b = (const unsigned char *)head.ptr;

    /* sample_type (1) or period_type (11), a short message with its field 1 */
    return head.len >= PPROF_HEAD_BYTES && (b[0] == 0x0a || b[0] == 0x5a) &&
           b[1] >= 2 && b[1] <= 16 && b[2] == 0x08;
}

enum grl_status pprof_feed(struct pprof *p, const char *bytes, size_t len)
{
    if (len > LIMIT_PROFILE_BYTES - p->len)
        return GRL_ELIMIT;
    if (!GROW(p->bytes, p->capacity, p->len + len))
        return GRL_ENOMEM;
    memcpy(p->bytes + p->len, bytes, len);
    p->len += len;
    return GRL_OK;
}

void pprof_free(struct pprof *p)
{
    free(p->bytes);
    *p = (struct pprof){NULL, 0, 0};
}

/* A profile that is being told. */
struct telling {
    Pprof__Profile *profile;
    Pprof__Location **locations; /* by id; the profile's own array, sorted */
    Pprof__Function **functions;
    const struct grl_parser_events *events;
    void *user;
    struct grl_parser_stats *stats;
    struct frame_source frames;
    bool leaks; /* a goroutineleak profile */
    bool heap;  /* a heap profile */
    char *labels;
    size_t labels_capacity;
    struct record record;
};

static int compare_locations(const void *pa, const void *pb)
{
    uint64_t a = (*(Pprof__Location *const *)pa)->id;
    uint64_t b = (*(Pprof__Location *const *)pb)->id;

    return (a > b) - (a < b);
}

static int compare_functions(const void *pa, const void *pb)
{
    uint64_t a = (*(Pprof__Function *const *)pa)->id;
    uint64_t b = (*(Pprof__Function *const *)pb)->id;

    return (a > b) - (a < b);
}

static struct grl_text string_at(const struct telling *t, int64_t i)
{
    if (i < 0 || (uint64_t)i >= t->profile->n_string_table)
        return TEXT("");
    return text_of(t->profile->string_table[i]);
}

static const Pprof__Location *location_of(const struct telling *t, uint64_t id)
{
    Pprof__Location key = PPROF__LOCATION__INIT;
    Pprof__Location *at = &key;
    Pprof__Location **found = NULL;

    key.id = id;
    if (t->profile->n_location > 0)
        found = bsearch(&at, t->locations, t->profile->n_location,
                        sizeof *t->locations, compare_locations);
    return found != NULL ? *found : NULL;
}

static const Pprof__Function *function_of(const struct telling *t, uint64_t id)
{
    Pprof__Function key = PPROF__FUNCTION__INIT;
    Pprof__Function *at = &key;
    Pprof__Function **found = NULL;

    key.id = id;
    if (t->profile->n_function > 0)
        found = bsearch(&at, t->functions, t->profile->n_function,
                        sizeof *t->functions, compare_functions);
    return found != NULL ? *found : NULL;
}

/* -------------------------------------------------------------- one record */

static struct grl_text shortened(struct grl_text t, size_t most)
{
    return text_sub(t, 0, t.len < most ? t.len : most);
}

static bool push(struct telling *t, struct grl_text function,
                 struct grl_text file, int64_t line)
{
    enum { MOST = LIMIT_FRAME_BYTES / 2 };
    char position[MOST + 32];
    const struct raw_frame *f = NULL;
    bool again = false;
    int n = 0;

    file = shortened(file, MOST);
    if (file.len > 0)
        n = snprintf(position, sizeof position, "%.*s:%lld", (int)file.len,
                     file.ptr, (long long)line);
    f = t->frames.frame(t->frames.user, shortened(function, MOST - 32),
                        (struct grl_text){position, (size_t)n}, &again);
    if (f != NULL)
        record_push(&t->record, f->pub);
    return f != NULL;
}

/* Inlined calls share a location, innermost first. */
static bool push_location(struct telling *t, const Pprof__Location *l)
{
    if (l == NULL || l->n_line == 0)
        return push(t, TEXT("non-Go function"), TEXT(""), 0);
    for (size_t i = 0; i < l->n_line; i++) {
        const Pprof__Function *f = function_of(t, l->line[i]->function_id);

        if (!push(t, f != NULL ? string_at(t, f->name) : TEXT("?"),
                  f != NULL ? string_at(t, f->filename) : TEXT(""),
                  l->line[i]->line))
            return false;
    }
    return true;
}

/* Go's syntax, which model/labels reads. */
static size_t put_quoted(char *at, struct grl_text t)
{
    size_t n = 0;

    at[n++] = '"';
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == '"' || t.ptr[i] == '\\')
            at[n++] = '\\';
        at[n++] = t.ptr[i];
    }
    at[n++] = '"';
    return n;
}

static bool set_labels(struct telling *t, const Pprof__Sample *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n_label; i++) {
        struct grl_text key = shortened(string_at(t, s->label[i]->key),
                                        LIMIT_LABEL_BYTES);
        struct grl_text value = shortened(string_at(t, s->label[i]->str),
                                          LIMIT_LABEL_BYTES);

        if (s->label[i]->str == 0) /* a number, of which Go writes none */
            continue;
        if (!GROW(t->labels, t->labels_capacity,
                  n + 2 * (key.len + value.len) + 8))
            return false;
        if (n > 0)
            t->labels[n++] = ',';
        n += put_quoted(t->labels + n, key);
        t->labels[n++] = ':';
        n += put_quoted(t->labels + n, value);
    }
    return n == 0 ||
           record_set_labels(&t->record, (struct grl_text){t->labels, n});
}

static enum grl_status tell_sample(struct telling *t, const Pprof__Sample *s,
                                   uint64_t count)
{
    const struct header none = {.wait_minutes = -1};

    if (!record_begin(&t->record, &none, 1) || !set_labels(t, s))
        return GRL_ENOMEM;
    t->record.pub.count = count;
    t->record.pub.leaked = t->leaks;
    for (size_t i = 0; i < s->n_location_id; i++)
        if (!push_location(t, location_of(t, s->location_id[i])))
            return GRL_ENOMEM;
    t->record.path = s->n_location_id > 0 ? s->location_id[0] : 0;
    t->stats->goroutines += count;
    return t->events->goroutine(t->user, &t->record.pub);
}

/* --------------------------------------------------------------- all of it */

/* Which value of a sample counts goroutines, or bytes of the heap that are in
 * use; false when none does. */
static bool find_value(struct telling *t, bool heap, size_t *at)
{
    const Pprof__Profile *p = t->profile;

    for (size_t i = 0; i < p->n_sample_type; i++) {
        struct grl_text type = string_at(t, p->sample_type[i]->type);

        t->leaks = text_equal(type, TEXT("goroutineleak"));
        *at = i;
        t->heap = t->heap || text_equal(type, TEXT("inuse_space"));
        if (heap && text_equal(type, TEXT("inuse_space")))
            return true;
        if (heap)
            continue;
        if (t->leaks || text_equal(type, TEXT("goroutine")) ||
            text_equal(type, TEXT("goroutines")))
            return true;
    }
    return false;
}

static enum grl_status tell_all(struct telling *t, bool heap, const char **what)
{
    Pprof__Profile *p = t->profile;
    enum grl_status st = GRL_OK;
    size_t at = 0;

    if (!find_value(t, heap, &at)) {
        *what = heap      ? "a pprof profile, but not of the heap"
                : t->heap ? "a heap profile, which --heap judges"
                          : "a pprof profile, but not of goroutines";
        return GRL_ENODUMP;
    }
    t->locations = p->location;
    t->functions = p->function;
    if (p->n_location > 0)
        qsort(p->location, p->n_location, sizeof *p->location,
              compare_locations);
    if (p->n_function > 0)
        qsort(p->function, p->n_function, sizeof *p->function,
              compare_functions);
    st = t->events->dump(t->user, heap ? "heap" : "pprof");
    for (size_t i = 0; i < p->n_sample && st == GRL_OK; i++) {
        const Pprof__Sample *s = p->sample[i];

        /* A profile of differences (?seconds=N) has negative ones. */
        if (at < s->n_value && s->value[at] > 0 &&
            (uint64_t)s->value[at] <=
                (heap ? LIMIT_RECORD_BYTES : LIMIT_RECORD_COUNT))
            st = tell_sample(t, s, (uint64_t)s->value[at]);
    }
    return st;
}

enum grl_status pprof_finish(const struct pprof *p,
                             const struct grl_parser_events *events, void *user,
                             struct grl_parser_stats *stats,
                             struct frame_source frames, bool heap,
                             int64_t *nanos, const char **what)
{
    struct telling *t = calloc(1, sizeof *t);
    enum grl_status st = GRL_ENODUMP;

    if (t == NULL)
        return GRL_ENOMEM;
    *t = (struct telling){.events = events, .user = user, .stats = stats};
    t->frames = frames;
    t->profile = pprof__profile__unpack(NULL, p->len, p->bytes);
    *what = "a pprof profile that is damaged or cut";
    if (t->profile != NULL) {
        *nanos = t->profile->time_nanos;
        st = tell_all(t, heap, what);
        pprof__profile__free_unpacked(t->profile, NULL);
    }
    record_free(&t->record);
    free(t->labels);
    free(t);
    return st;
}
