#include "input/plain.h"

#include "base/error.h"
#include "input/apart.h"

#include <stdlib.h>

/* So much is read before others help, who then know most of the frames; of a
 * file that is no larger than the last, all. */
enum {
    ALONE_PIECES = 8,
    ALONE_BYTES = ALONE_PIECES * STREAM_CHUNK_BYTES,
    SHARED_BYTES = 16 * 1024 * 1024
};

/* Whoever fills a pipe needs a processor, too: only where so many pieces in
 * turn were there when they were asked for is it one thread that is waited for.
 */
enum { PATIENT_PIECES = 64 };

static enum grl_status fill_apart(void *user, uint64_t number, char *to,
                                  struct piece *out, bool *last,
                                  struct grl_error *err)
{
    return apart_piece(user, number, to, out, last, err);
}

static void done_apart(void *user, uint64_t number)
{
    apart_done(user, number);
}

static enum grl_status fill_next(void *user, uint64_t number, char *to,
                                 struct piece *out, bool *last,
                                 struct grl_error *err)
{
    enum grl_status st = stream_piece(user, to, STREAM_CHUNK_BYTES, true, out,
                                      err);

    (void)number;
    *last = out->len == 0;
    return st;
}

static enum grl_status read_with_crew(struct crew_work work,
                                      const struct source_visit *visit,
                                      struct grl_error *err)
{
    work.user = visit->user;
    work.ahead = visit->ahead;
    work.take = visit->take;
    return crew_read(&work, visit->workers, err);
}

static enum grl_status read_together(struct stream *s,
                                     const struct source_visit *visit,
                                     struct grl_error *err)
{
    const struct crew_work work = {
        .source = s,
        .fill = fill_next,
        .room = STREAM_CHUNK_BYTES + PIECE_SLACK_BYTES,
    };

    return read_with_crew(work, visit, err);
}

static enum grl_status read_apart_together(struct apart *a,
                                           const struct source_visit *visit,
                                           struct grl_error *err)
{
    const struct crew_work work = {
        .source = a,
        .fill = fill_apart,
        .done = done_apart,
        .room = apart_room(a),
        .apart = true,
    };

    return read_with_crew(work, visit, err);
}

/* At least MOST bytes, or as many as there are, which *LAST tells; A is moved
 * behind them. */
static enum grl_status read_apart_alone(struct apart *a, size_t most,
                                        const struct source_visit *visit,
                                        bool *last, struct grl_error *err)
{
    char *to = malloc(apart_room(a));
    size_t len = 0;
    enum grl_status st = to != NULL ? GRL_OK : fail_memory(err);

    *last = false;
    for (uint64_t n = 0; st == GRL_OK && !*last && len < most; n++) {
        struct piece p;
        enum grl_status taken = GRL_OK;

        st = apart_piece(a, n, to, &p, last, err);
        if (p.len > 0)
            taken = visit->bytes(visit->user, &p);
        apart_done(a, n);
        len += p.len;
        st = taken != GRL_OK ? taken : st;
    }
    free(to);
    apart_move(a, len);
    return st;
}

static bool is_shared(const struct apart *a, const struct source_visit *visit)
{
    return visit->workers > 0 && a->end > SHARED_BYTES;
}

static enum grl_status read_held(struct apart *a,
                                 const struct source_visit *visit,
                                 struct grl_error *err)
{
    size_t most = is_shared(a, visit) ? ALONE_BYTES : SIZE_MAX;
    bool last = false;
    enum grl_status st = read_apart_alone(a, most, visit, &last, err);

    return st == GRL_OK && !last ? read_apart_together(a, visit, err) : st;
}

/* Until there are no more pieces, which *ENDED tells, or MOST in turn are all
 * that was asked for, as those of a file are. */
static enum grl_status read_alone(struct stream *s,
                                  const struct source_visit *visit, size_t most,
                                  bool *ended, struct grl_error *err)
{
    enum grl_status st = GRL_OK;

    *ended = false;
    for (size_t whole = 0; st == GRL_OK && !*ended && whole < most;) {
        struct piece p;

        st = stream_piece(s, s->chunk, STREAM_CHUNK_BYTES, false, &p, err);
        whole = p.len + s->kept == STREAM_CHUNK_BYTES ? whole + 1 : 0;
        *ended = p.len == 0;
        if (st == GRL_OK && p.len > 0)
            st = visit->bytes(visit->user, &p);
    }
    return st;
}

/* What comes behind the first pieces of a file that is not held. */
static enum grl_status read_file(struct stream *s,
                                 const struct source_visit *visit, bool *ended,
                                 struct grl_error *err)
{
    struct apart a;
    enum grl_status st = GRL_OK;

    *ended = apart_begin(&a, s, false) && is_shared(&a, visit);
    if (!*ended)
        return GRL_OK;
    st = read_apart_together(&a, visit, err);
    apart_end(&a);
    return st;
}

/* Anything, from where it is. */
static enum grl_status read_stream(struct stream *s,
                                   const struct source_visit *visit,
                                   struct grl_error *err)
{
    const size_t patience = visit->workers > 0 ? PATIENT_PIECES : SIZE_MAX;
    bool ended = false;
    enum grl_status st = read_alone(s, visit, ALONE_PIECES, &ended, err);

    if (st == GRL_OK && !ended)
        st = read_file(s, visit, &ended, err);
    if (st == GRL_OK && !ended)
        st = read_alone(s, visit, patience, &ended, err);
    return st != GRL_OK || ended ? st : read_together(s, visit, err);
}

enum grl_status plain_read(struct stream *s, const struct source_visit *visit,
                           bool large, struct grl_error *err)
{
    struct apart a;
    enum grl_status st = GRL_OK;

    if (!large || !apart_begin(&a, s, true))
        return read_stream(s, visit, err);
    st = read_held(&a, visit, err);
    apart_end(&a);
    return st;
}
