/* Stacks are told apart by what they are: a hash only finds them. */
#include "model/stacks.h"

#include "support/unit.h"

#include <stdlib.h>

struct fixture {
    struct strings names;
    struct frames frames;
    struct stacks stacks;
    struct key key;
};

static int set_up(void **state)
{
    struct fixture *x = calloc(1, sizeof *x);

    assert_non_null(x);
    strings_init(&x->names);
    frames_init(&x->frames, &x->names);
    stacks_init(&x->stacks);
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *x = *state;

    stacks_free(&x->stacks);
    frames_free(&x->frames);
    strings_free(&x->names);
    free(x);
    return 0;
}

/* A goroutine of one frame: NULL creators are none. */
struct row {
    const char *state;
    const char *function;
    const char *position;
    const char *creator;
    const char *label;
    bool elided;
};

static const struct grl_frame *frame(struct fixture *x, const char *function,
                                     const char *position)
{
    struct frame_source s = frames_source(&x->frames);
    bool again = false;

    if (function == NULL)
        return NULL;
    return s.frame(s.user, text_of(function), text_of(position), &again)->pub;
}

/* The stack of R where all hashes are equal, as if their words met. */
static struct stack *find(struct fixture *x, const struct row *r,
                          enum grl_group by)
{
    const struct grouping g = {.by = by};
    struct key *k = &x->key;
    struct stack *s = NULL;
    bool limit = false;

    k->frames[0] = frame(x, r->function, r->position);
    k->parts = (struct key_parts){
        .state = strings_intern(&x->names, text_of(r->state)),
        .frames = k->frames,
        .frame_count = 1,
        .created_by = frame(x, r->creator, "/src/c.go:1"),
        .blocked_in = k->frames[0],
        .label = strings_intern(&x->names, text_of(r->label)),
        .elided = r->elided,
    };
    k->words[0] = 1;
    k->word_count = 1;
    s = stacks_find(&x->stacks, k, &g, &limit);
    assert_non_null(s);
    return s;
}

static const struct row base = {"select",     "main.f", "/src/a.go:1",
                                "main.start", "red",    false};

static void test_each_grouping_looks_at_its_own(void **state)
{
    enum {
        STACK = 1 << GRL_GROUP_STACK,
        FUNCTION = 1 << GRL_GROUP_FUNCTION,
        LOCATION = 1 << GRL_GROUP_LOCATION,
        CREATOR = 1 << GRL_GROUP_CREATOR,
        STATE = 1 << GRL_GROUP_STATE,
        LABEL = 1 << GRL_GROUP_LABEL,
        CALLS = 1 << GRL_GROUP_CALLS,
    };
    static const struct {
        const char *what;
        struct row row;
        int apart; /* from BASE, by these groupings */
    } rows[] = {
        {"the same",
         {"select", "main.f", "/src/a.go:1", "main.start", "red", 0},
         0},
        {"another folder",
         {"select", "main.f", "/other/a.go:1", "main.start", "red", 0},
         0},
        {"another state",
         {"sleep", "main.f", "/src/a.go:1", "main.start", "red", 0},
         STACK | FUNCTION | LOCATION | STATE},
        {"another function",
         {"select", "main.g", "/src/a.go:1", "main.start", "red", 0},
         STACK | FUNCTION | LOCATION | CALLS},
        {"another line",
         {"select", "main.f", "/src/a.go:2", "main.start", "red", 0},
         STACK | LOCATION},
        {"another file",
         {"select", "main.f", "/src/b.go:1", "main.start", "red", 0},
         STACK | LOCATION},
        {"another creator",
         {"select", "main.f", "/src/a.go:1", "main.other", "red", 0},
         STACK | FUNCTION | CREATOR},
        {"no creator",
         {"select", "main.f", "/src/a.go:1", NULL, "red", 0},
         STACK | FUNCTION | CREATOR},
        {"another label",
         {"select", "main.f", "/src/a.go:1", "main.start", "blue", 0},
         LABEL},
        {"elided",
         {"select", "main.f", "/src/a.go:1", "main.start", "red", 1},
         STACK | FUNCTION},
    };
    struct fixture *x = *state;

    for (int by = GRL_GROUP_STACK; by <= GRL_GROUP_CALLS; by++) {
        const struct stack *first = NULL;

        stacks_free(&x->stacks);
        stacks_init(&x->stacks);
        first = find(x, &base, (enum grl_group)by);
        for (size_t i = 0; i < LENGTH(rows); i++) {
            const struct stack *s = find(x, &rows[i].row, (enum grl_group)by);
            bool apart = (rows[i].apart >> by & 1) != 0;

            if ((s != first) != apart)
                fail_msg("grouped by %d, %s is %s", by, rows[i].what,
                         apart ? "the same" : "not the same");
            assert_ptr_equal(find(x, &rows[i].row, (enum grl_group)by), s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_grouping_looks_at_its_own,
                                        set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
