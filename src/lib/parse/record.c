#include "parse/record.h"

#include "base/grow.h"

#include <stdlib.h>

/* PLAIN: there is no NUL in it. */
static struct grl_text keep_word(char *at, struct grl_text word, bool plain)
{
    if (word.len == 0)
        return TEXT("");
    memcpy(at, word.ptr, word.len);
    if (!plain)
        text_replace_nul(at, word.len);
    return (struct grl_text){at, word.len};
}

bool record_begin(struct record *r, const struct header *h, uint64_t line)
{
    size_t need = h->state.len + h->labels.len + 1;

    if (need > r->words_capacity && !GROW(r->words, r->words_capacity, need))
        return false;
    r->pub = (struct grl_goroutine){
        .id = h->id,
        .state = keep_word(r->words, h->state, h->plain),
        .labels = keep_word(r->words + h->state.len, h->labels, false),
        .wait_minutes = h->wait_minutes,
        .line = line,
        .locked = h->locked,
        .leaked = h->leaked,
        .durable = h->durable,
        .frames = r->frames,
        .count = 1,
    };
    return true;
}

bool record_set_labels(struct record *r, struct grl_text labels)
{
    size_t state = r->pub.state.len;

    if (!GROW(r->words, r->words_capacity, state + labels.len + 1))
        return false;
    r->pub.state.ptr = r->words;
    r->pub.labels = keep_word(r->words + state, labels, false);
    return true;
}

void record_push(struct record *r, const struct grl_frame *f)
{
    if (r->pub.frame_count == LIMIT_FRAMES)
        r->pub.elided = true;
    else
        r->frames[r->pub.frame_count++] = f;
}

void record_free(struct record *r)
{
    free(r->words);
    r->words = NULL;
    r->words_capacity = 0;
}
