/*
 * One stack, printed twice with other ids, ages, arguments, offsets, folders,
 * labels and whatever else a signature drops, has one signature; with another
 * function, line, state or creator it has another.
 */
#include "goroleak.h"

#include "fuzz/print_dump.h"

struct signature {
    char text[33];
};

static struct signature signature_of(const struct made *m, enum grl_group by,
                                     struct choices *c)
{
    struct notes notes = make_notes(c);
    struct grl_options o;
    struct grl_dumps *d = NULL;
    struct signature s;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    CHECK(out != NULL);
    print_made(out, m, &notes, true, c);
    fclose(out);
    if (getenv("SHOW") != NULL) /* what a finding was made into */
        fwrite(text, 1, len, stderr);
    grl_options_init(&o);
    o.group_by = by;
    CHECK(grl_dumps_new(&d, &o, NULL) == GRL_OK);
    CHECK(grl_dumps_begin(d, "made", NULL) == GRL_OK);
    CHECK(grl_dumps_feed(d, text, len, NULL) == GRL_OK);
    CHECK(grl_dumps_end(d, NULL) == GRL_OK);
    CHECK(grl_dumps_count(d) == 1 && grl_cluster_count(d, 0) == 1);
    memcpy(s.text, grl_cluster_get(d, 0, 0)->signature, sizeof s.text);
    grl_dumps_free(d);
    free(text);
    return s;
}

static bool is_passing(const char *state)
{
    return strcmp(state, "running") == 0 || strcmp(state, "runnable") == 0;
}

/* The same goroutine at another moment. */
static struct made later(struct made m, struct choices *c)
{
    static const char *const passing[] = {"running", "runnable", "preempted",
                                          "copystack", "waiting"};

    m.id = number(c, 8);
    if (is_passing(m.state))
        snprintf(m.state, sizeof m.state, "%s", PICK(c, passing));
    return m;
}

/* M with one of the things that a signature keeps changed. */
static struct made other(struct made m, struct choices *c)
{
    struct call *call = m.call_count > 0
                            ? &m.calls[choose(c, (unsigned)m.call_count)]
                            : &m.creator;

    m.created = m.created || m.call_count == 0;
    switch (choose(c, 6)) {
    case 0:
        call->line ^= 1 + choose(c, 200);
        break;
    case 1:
        append(call->printed, "Other");
        break;
    case 2:
        append(call->file, "x");
        break;
    case 3:
        snprintf(m.state, sizeof m.state, "%s", "another reason");
        break;
    case 4:
        m.created = true;
        append(m.creator.printed, "Other");
        break;
    default:
        m.elided = !m.elided || m.call_count == 0;
        call->line ^= m.call_count == 0;
        break;
    }
    return m;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct choices c = {bytes, len};
    struct made one = make_goroutine(&c, 1 + number(&c, 8));
    struct made same = later(one, &c);
    struct made changed = other(one, &c);
    enum grl_group by = (enum grl_group)choose(&c, GRL_GROUP_LABEL);
    struct signature a = signature_of(&one, GRL_GROUP_STACK, &c);
    struct signature b = signature_of(&same, GRL_GROUP_STACK, &c);

    CHECK(strcmp(a.text, b.text) == 0);
    b = signature_of(&changed, GRL_GROUP_STACK, &c);
    CHECK(strcmp(a.text, b.text) != 0);
    a = signature_of(&one, by, &c);
    b = signature_of(&same, by, &c);
    CHECK(strcmp(a.text, b.text) == 0);
    return 0;
}
