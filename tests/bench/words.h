/*
 * words.h: the vocabulary of gen.c.  A user function is one package, one
 * receiver and one verb, so the product of the three tables is the number of
 * functions there are; the standard library's part of a stack is spelt out.
 */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Text and its length: nothing here is measured again for every line. */
struct word {
    const char *s;
    size_t len;
};

#define W(lit)                                                                 \
    {                                                                          \
        "" lit, sizeof(lit) - 1                                                \
    }

/* A package: how a function line names it, and the folder its files are in.
 * They differ by vendoring, versions, and dots written %2e. */
struct package {
    struct word path;
    struct word folder;
};

#define APP "github.com/acme-platform/payments-gateway/"
#define HOME "/home/build/src/" APP
#define MOD "/home/build/go/pkg/mod/"
#define GO "/usr/local/go/src/"

static const struct package packages[] = {
    {W(APP "internal/ledger/reconcile."), W(HOME "internal/ledger/reconcile/")},
    {W(APP "internal/transport/stream."), W(HOME "internal/transport/stream/")},
    {W("github.com/lib/pq."), W(MOD "github.com/lib/pq@v1.10.9/")},
    {W("google.golang.org/grpc/internal/transport."),
     W(MOD "google.golang.org/grpc@v1.64.0/internal/transport/")},
    {W("main."), W("/home/build/src/cmd/gateway/")},
    {W("github.com/redis/go-redis/v9/internal/pool."),
     W(MOD "github.com/redis/go-redis/v9@v9.5.1/internal/pool/")},
    {W("gopkg.in/natefinch/lumberjack%2ev2."),
     W(MOD "gopkg.in/natefinch/lumberjack.v2@v2.2.1/")},
    {W("k8s.io/client-go/tools/cache."),
     W(MOD "k8s.io/client-go@v0.30.1/tools/cache/")},
    {W("k8s.io/apimachinery/pkg/util/wait."),
     W(MOD "k8s.io/apimachinery@v0.30.1/pkg/util/wait/")},
    {W("go.etcd.io/etcd/client/v3."),
     W(MOD "go.etcd.io/etcd/client/v3@v3.5.14/")},
    {W("go.opentelemetry.io/otel/sdk/trace."),
     W(MOD "go.opentelemetry.io/otel/sdk@v1.27.0/trace/")},
    {W("github.com/twmb/franz-go/pkg/kgo."),
     W(MOD "github.com/twmb/franz-go@v1.17.0/pkg/kgo/")},
    {W("github.com/Azure/go-amqp."),
     W(MOD "github.com/!azure/go-amqp@v1.0.5/")},
    {W(APP "internal/settlement/worker."),
     W(HOME "internal/settlement/worker/")},
    {W(APP "pkg/eventbus."), W(HOME "pkg/eventbus/")},
    {W("github.com/jackc/pgx/v5/pgxpool."),
     W(MOD "github.com/jackc/pgx/v5@v5.6.0/pgxpool/")},
    {W("github.com/hashicorp/raft."),
     W(MOD "github.com/hashicorp/raft@v1.7.0/")},
    {W("github.com/nats-io/nats%2ego."),
     W(MOD "github.com/nats-io/nats.go@v1.36.0/")},
    {W("github.com/prometheus/prometheus/tsdb/wlog."),
     W(MOD "github.com/prometheus/prometheus@v0.52.1/tsdb/wlog/")},
    {W("github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors."),
     W(MOD "github.com/grpc-ecosystem/go-grpc-middleware/v2@v2.1.0/"
           "interceptors/")},
    {W("golang.org/x/net/http2."), W(MOD "golang.org/x/net@v0.26.0/http2/")},
    {W("github.com/docker/docker/vendor/github.com/containerd/ttrpc."),
     W("/go/src/github.com/docker/docker/vendor/github.com/containerd/"
       "ttrpc/")},
    {W(APP "internal/fraud/scoring/features."),
     W(HOME "internal/fraud/scoring/features/")},
    {W("github.com/aws/aws-sdk-go-v2/service/s3/internal/manager."),
     W(MOD "github.com/aws/aws-sdk-go-v2/service/s3@v1.55.1/internal/"
           "manager/")},
    {W("cloud.google.com/go/pubsub."),
     W(MOD "cloud.google.com/go/pubsub@v1.39.0/")},
    {W("github.com/cockroachdb/pebble/vfs."),
     W(MOD "github.com/cockroachdb/pebble@v0.0.0-20240528153349-1a1a45f1b4c4/"
           "vfs/")},
    {W("go.uber.org/fx/internal/lifecycle."),
     W(MOD "go.uber.org/fx@v1.22.0/internal/lifecycle/")},
    {W("github.com/gorilla/websocket."),
     W(MOD "github.com/gorilla/websocket@v1.5.3/")},
};

/* A receiver and the file its methods are in. */
struct receiver {
    struct word name;
    struct word file;
};

static const struct receiver receivers[] = {
    {W("(*Server)."), W("server.go")},
    {W("(*Conn)."), W("conn.go")},
    {W(""), W("helpers.go")},
    {W("(*clientStream)."), W("client_stream.go")},
    {W("(*Pool[...])."), W("pool.go")},
    {W("Handler."), W("handler.go")},
    {W("(*subscription)."), W("subscription.go")},
    {W("(*batchSpanProcessor)."), W("batch_span_processor.go")},
    {W("(*Queue[...])."), W("queue.go")},
    {W("(*Session)."), W("session.go")},
    {W("(*Watcher)."), W("watcher.go")},
    {W("(*Dispatcher)."), W("dispatcher.go")},
    {W("Options."), W("options.go")},
    {W("(*leaseKeeper)."), W("lease_keeper_linux.go")},
    {W("(*Reader)."), W("reader.go")},
    {W("(*bufferedWriter)."), W("buffered_writer.go")},
    {W("Result[...]."), W("result.go")},
    {W("(*Controller)."), W("controller.go")},
    {W("(*retryPolicy)."), W("retry_policy.go")},
    {W("(*Group)."), W("group.go")},
};

static const struct word verbs[] = {
    W("Serve"),        W("readLoop"),    W("Get"),
    W("writeLoop"),    W("Run"),         W("process"),
    W("Acquire"),      W("handle"),      W("Next"),
    W("waitForReply"), W("dispatch"),    W("Flush"),
    W("Receive"),      W("Do"),          W("pollOnce"),
    W("Start"),        W("keepAlive"),   W("retryWithBackoff"),
    W("Subscribe"),    W("consume"),     W("Close"),
    W("sendBatch"),    W("awaitTurn"),   W("ReadFrom"),
    W("monitor"),      W("applyAll"),    W("Invoke"),
    W("doQuery"),      W("refresh"),     W("enqueue"),
    W("roundTrip"),    W("watchEvents"), W("drain"),
    W("execute"),      W("publish"),     W("reconcileOnce"),
    W("Lock"),         W("commit"),      W("collect"),
    W("forward"),
};

/* What follows the verb; half of all functions are no closures. */
static const struct word suffixes[] = {
    W(""),       W(""),         W(".func1"), W(""),        W(""),
    W(".func2"), W(".func1.1"), W(""),       W("-range1"), W(".func3.2"),
};

/*
 * Shapes of argument lists, read by put_args(): p a heap pointer, s a pointer
 * to static data, n a small number, c a constant that programs pass often; all
 * else stands for itself.  "..." alone is an inlined call, which has no offset.
 */
#define INLINED "..."

static const struct word shapes[] = {
    W("p"),
    W("p, p"),
    W("p, {s, p}"),
    W(INLINED),
    W("p, {s, p}, p"),
    W(""),
    W("p, {p, n, n}"),
    W("{s, p}, {p, n}, c"),
    W("p?, n"),
    W("p, {s, p?}, {p, n}, {p?, n?, c?}"),
    W(INLINED),
    W("{{p, n}, {s, p}}, p, n?"),
    W("p, p, {p, n, n}, {s, p}, c, ..."),
    W("p, n?, c?"),
    W("{s?, p?}"),
    W("p, {{0x0, 0x0, ...}}, n"),
};

/* A frame of the standard library. */
struct fixed {
    struct word name;
    struct word shape;
    struct word position;
};

#define FRAME(name, shape, position)                                           \
    {                                                                          \
        W(name), W(shape), W(GO position)                                      \
    }

/* A state and the frames that a goroutine in it has on top. */
struct wait {
    struct word state;
    int timed; /* may show ", N minutes" */
    size_t depth;
    struct fixed frames[6];
};

/* Common ones stand more than once. */
static const struct wait waits[] = {
    {W("select"), 1, 0, {{{0}, {0}, {0}}}},
    {W("IO wait"),
     1,
     6,
     {FRAME("internal/poll.runtime_pollWait", "s, 0x72",
            "runtime/netpoll.go:351"),
      FRAME("internal/poll.(*pollDesc).wait", "p, p, c",
            "internal/poll/fd_poll_runtime.go:84"),
      FRAME("internal/poll.(*pollDesc).waitRead", INLINED,
            "internal/poll/fd_poll_runtime.go:89"),
      FRAME("internal/poll.(*FD).Read", "p, {p, n, n}",
            "internal/poll/fd_unix.go:165"),
      FRAME("net.(*netFD).Read", "p, {p?, n?, n?}", "net/fd_posix.go:68"),
      FRAME("net.(*conn).Read", "p, {p, n, n}", "net/net.go:196")}},
    {W("chan receive"), 1, 0, {{{0}, {0}, {0}}}},
    {W("select"), 1, 0, {{{0}, {0}, {0}}}},
    {W("sync.Mutex.Lock"),
     1,
     4,
     {FRAME("internal/sync.runtime_SemacquireMutex", "p, c, c",
            "runtime/sema.go:95"),
      FRAME("internal/sync.(*Mutex).lockSlow", "p",
            "internal/sync/mutex.go:149"),
      FRAME("internal/sync.(*Mutex).Lock", INLINED,
            "internal/sync/mutex.go:70"),
      FRAME("sync.(*Mutex).Lock", INLINED, "sync/mutex.go:46")}},
    {W("chan send"), 1, 0, {{{0}, {0}, {0}}}},
    {W("sync.Cond.Wait"),
     1,
     2,
     {FRAME("sync.runtime_notifyListWait", "p, n", "runtime/sema.go:597"),
      FRAME("sync.(*Cond).Wait", "p?", "sync/cond.go:71")}},
    {W("chan receive"), 1, 0, {{{0}, {0}, {0}}}},
    {W("semacquire"),
     1,
     4,
     {FRAME("internal/poll.runtime_Semacquire", "p", "runtime/sema.go:76"),
      FRAME("internal/poll.(*fdMutex).rwlock", "p, c",
            "internal/poll/fd_mutex.go:154"),
      FRAME("internal/poll.(*FD).writeLock", INLINED,
            "internal/poll/fd_mutex.go:239"),
      FRAME("internal/poll.(*FD).Write", "p, {p, n, n}",
            "internal/poll/fd_unix.go:370")}},
    {W("sleep"), 1, 1, {FRAME("time.Sleep", "s", "runtime/time.go:338")}},
    {W("sync.WaitGroup.Wait"),
     1,
     2,
     {FRAME("sync.runtime_SemacquireWaitGroup", "p?, c?",
            "runtime/sema.go:114"),
      FRAME("sync.(*WaitGroup).Wait", "p", "sync/waitgroup.go:206")}},
    {W("runnable"), 0, 0, {{{0}, {0}, {0}}}},
    {W("select"), 1, 0, {{{0}, {0}, {0}}}},
    {W("sync.RWMutex.RLock"),
     1,
     2,
     {FRAME("sync.runtime_SemacquireRWMutexR", "p, c, c",
            "runtime/sema.go:100"),
      FRAME("sync.(*RWMutex).RLock", INLINED, "sync/rwmutex.go:74")}},
    {W("syscall"),
     1,
     3,
     {FRAME("syscall.Syscall6", "n, n, p, n, c, c, c",
            "syscall/syscall_linux.go:95"),
      FRAME("syscall.wait4", "n, p, c, c",
            "syscall/zsyscall_linux_amd64.go:33"),
      FRAME("os.(*Process).Wait", INLINED, "os/exec.go:358")}},
    {W("chan receive (nil chan)"), 1, 0, {{{0}, {0}, {0}}}},
    {W("select (no cases)"), 1, 0, {{{0}, {0}, {0}}}},
};

/* Where goroutines begin: the outermost frames, and who made them.  A creator
 * without a name is taken from the user's functions. */
struct root {
    size_t depth;
    struct fixed frames[3];
    struct word creator;
    struct word position;
};

#define CREATOR(name, position) W(name), W(position)

static const struct root roots[] = {
    {3,
     {FRAME("net/http.HandlerFunc.ServeHTTP", "p, {s, p}, p",
            "net/http/server.go:2322"),
      FRAME("net/http.serverHandler.ServeHTTP", "{p}, {s, p}, p",
            "net/http/server.go:3340"),
      FRAME("net/http.(*conn).serve", "p, {s, p}", "net/http/server.go:2109")},
     CREATOR("net/http.(*Server).Serve", GO "net/http/server.go:3493")},
    {0, {{{0}, {0}, {0}}}, {0}, {0}},
    {1,
     {{W("golang.org/x/sync/errgroup.(*Group).Go.func1"), W(""),
       W(MOD "golang.org/x/sync@v0.7.0/errgroup/errgroup.go:78")}},
     CREATOR("golang.org/x/sync/errgroup.(*Group).Go",
             MOD "golang.org/x/sync@v0.7.0/errgroup/errgroup.go:75")},
    {0, {{{0}, {0}, {0}}}, {0}, {0}},
    {1,
     {{W("google.golang.org/grpc.(*Server).serveStreams.func2.1"), W(""),
       W(MOD "google.golang.org/grpc@v1.64.0/server.go:1059")}},
     CREATOR("google.golang.org/grpc.(*Server).serveStreams.func2",
             MOD "google.golang.org/grpc@v1.64.0/server.go:1070")},
};

/* The goroutine that took the dump; it is always the first one. */
static const struct fixed observer[] = {
    FRAME("runtime/pprof.writeGoroutineStacks", "{s, p}",
          "runtime/pprof/pprof.go:764"),
    FRAME("runtime/pprof.writeGoroutine", "{s?, p?}, n?",
          "runtime/pprof/pprof.go:753"),
    FRAME("runtime/pprof.(*Profile).WriteTo", "s?, {s?, p?}, c?",
          "runtime/pprof/pprof.go:377"),
    FRAME("net/http/pprof.handler.ServeHTTP", "{p, n}, {s, p}, p",
          "net/http/pprof/pprof.go:272"),
    FRAME("net/http/pprof.Index", "{s, p}, p", "net/http/pprof/pprof.go:389"),
    FRAME("net/http.HandlerFunc.ServeHTTP", "s, {s, p}, p",
          "net/http/server.go:2322"),
    FRAME("net/http.(*ServeMux).ServeHTTP", "p, {s, p}, p",
          "net/http/server.go:2861"),
    FRAME("net/http.serverHandler.ServeHTTP", "{p}, {s, p}, p",
          "net/http/server.go:3340"),
    FRAME("net/http.(*conn).serve", "p, {s, p}", "net/http/server.go:2109"),
};

#endif
