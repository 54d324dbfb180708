#include "support/learn.h"

#include "support/unit.h"

void learned_init(struct learned *l)
{
    strings_init(&l->names);
    frames_init(&l->frames, &l->names);
    l->known.seed = l->frames.seed;
}

const struct raw_frame *learn(struct learned *l, const char *function,
                              const char *position)
{
    const struct frame_source s = frames_source(&l->frames);
    bool again = true;
    const struct raw_frame *f = s.frame(s.user, text_of(function),
                                        text_of(position), &again);

    assert_non_null(f);
    assert_false(again);
    known_learn(&l->known, f, again);
    return f;
}

void learned_free(struct learned *l)
{
    frames_free(&l->frames);
    strings_free(&l->names);
}
