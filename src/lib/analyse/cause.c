/* What a stack betrays of the cause: libraries whose goroutines leak for one
 * well-known reason. */
#include "base/text.h"

struct sign {
    const char *function; /* how a frame's or the creator's name begins */
    const char *words;
};

static const struct sign signs[] = {
    {"net/http.(*persistConn).readLoop",
     "likely a response body that is never closed, or a new http.Transport "
     "for each request"},
    {"net/http.(*persistConn).writeLoop",
     "likely a response body that is never closed, or a new http.Transport "
     "for each request"},
    {"net/http.(*http2clientConnReadLoop).run",
     "likely an HTTP/2 transport made for each request"},
    {"net/http.(*http2ClientConn).readLoop",
     "likely an HTTP/2 transport made for each request"},
    {"net/http.(*conn).serve",
     "a connection of net/http's server: without http.Server.IdleTimeout "
     "clients may keep them for ever"},
    {"google.golang.org/grpc.(*ClientConn).",
     "likely a grpc.ClientConn that is never closed"},
    {"google.golang.org/grpc/internal/transport.(*http2Client).",
     "likely a grpc.ClientConn that is never closed"},
    {"google.golang.org/grpc/internal/transport.(*controlBuffer).",
     "likely a grpc connection that is never closed"},
    {"google.golang.org/grpc.newClientStream",
     "likely a gRPC stream that is neither read to its end nor cancelled"},
    {"database/sql.(*DB).connectionOpener",
     "likely a sql.DB that is opened again and again and never closed"},
    {"database/sql.(*DB).conn",
     "waits for a free connection: likely sql.Rows or sql.Tx that are never "
     "closed"},
    {"database/sql.(*Tx).awaitDone",
     "likely a sql.Tx with neither Commit nor Rollback"},
    {"database/sql.(*Rows).awaitDone", "likely sql.Rows that are never closed"},
    {"context.(*cancelCtx).propagateCancel",
     "likely a context that is never cancelled: call its cancel function"},
    {"context.propagateCancel",
     "likely a context that is never cancelled: call its cancel function"},
    {"golang.org/x/sync/errgroup.(*Group).Go",
     "a goroutine of an errgroup whose function does not watch the group's "
     "context"},
    {"os/exec.(*Cmd).Start",
     "likely a command that is never waited for, or whose child keeps its "
     "output open"},
    {"os/exec.(*Cmd).watchCtx", "likely a command that is never waited for"},
    {"io.(*pipe).", "one end of an io.Pipe is never closed"},
    {"io.(*PipeReader).Read", "the writing end of an io.Pipe is never closed"},
    {"io.(*PipeWriter).Write", "nobody reads the other end of an io.Pipe"},
    {"time.Tick", "time.Tick cannot be stopped: use time.NewTicker"},
    {"net.(*Resolver).", "waits for a name server"},
    {"testing.tRunner", "a test that is still running"},
};

static const char *words_for(const struct grl_frame *f)
{
    struct grl_text function = text_of(f->function);

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (text_starts(function, text_of(signs[i].function)))
            return signs[i].words;
    return NULL;
}

const char *grl_explain_stack(const struct grl_cluster *c)
{
    const char *words = NULL;

    for (size_t i = 0; i < c->frame_count && words == NULL; i++)
        words = words_for(c->frames[i]);
    if (words == NULL && c->created_by != NULL)
        words = words_for(c->created_by);
    return words;
}
