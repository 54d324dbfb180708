/* What wait reasons mean and what usually leaks there; plain words, no code. */
#include "base/text.h"

#define CAUSES(list) (list), sizeof(list) / sizeof(list)[0]

static const struct grl_cause chan_send[] = {
    {"the receiver gave up, after a timeout or an early return",
     "res := make(chan T)            // unbuffered\n"
     "go func() { res <- query() }() // blocks for ever after the timeout\n"
     "select { case v := <-res: use(v); case <-time.After(d): return err }",
     "give the channel room for the one result: make(chan T, 1)"},
    {"the receiver returned on its first error while senders go on",
     "for _, x := range xs { go func() { out <- work(x) }() }\n"
     "for range xs {\n"
     "    if v := <-out; v.err != nil { return v.err } }",
     "send in a select with ctx.Done(), or make room for len(xs) results"},
    {"sender and receiver are the same pool, and it is full",
     "for job := range p.jobs {\n"
     "    for _, next := range job() { p.jobs <- next } // every worker sends\n"
     "}",
     "queue what workers produce elsewhere, never on the channel they drain"},
};

static const struct grl_cause chan_receive[] = {
    {"a range over a channel that nobody closes",
     "go func() { for v := range ch { use(v) } }()\n"
     "for _, v := range vs { ch <- v }\n"
     "return // close(ch) is missing",
     "let the sender close the channel when it is done: defer close(ch)"},
    {"the sender returned early and never sends",
     "done := make(chan error)\n"
     "go func() { if bad() { return }; done <- nil }()\n"
     "<-done",
     "send, or close the channel, on every path: defer close(done)"},
    {"a worker is started per request and never told to stop",
     "func New() *W { w := &W{stop: make(chan bool)}\n"
     "    go w.loop() // waits for w.stop\n"
     "    return w }  // and no caller calls Close",
     "call Close where New was called: w := New(); defer w.Close()"},
};

static const struct grl_cause select_cases[] = {
    {"the context of a subscription is never cancelled",
     "ctx, cancel := context.WithCancel(context.Background())\n"
     "go watch(ctx) // selects on ctx.Done()\n"
     "keep = append(keep, cancel)",
     "derive from the request's context, or defer cancel()"},
    {"a loop on a ticker without a way out",
     "for {\n"
     "    select { case <-t.C: poll(); case c := <-changes: apply(c) }\n"
     "}",
     "add case <-ctx.Done(): return, and stop the ticker"},
    {"every case waits for somebody who has gone",
     "select {\n"
     "case out <- v:\n"
     "case <-quit: } // both ends returned before",
     "close quit instead of sending on it, so that all who wait see it"},
};

static const struct grl_cause no_cases[] = {
    {"select {} keeps a goroutine alive on purpose, outside main it leaks",
     "go func() {\n"
     "    start()\n"
     "    select {} }()",
     "wait for a context instead: <-ctx.Done()"},
};

static const struct grl_cause nil_receive[] = {
    {"the channel was never made",
     "var done chan struct{}\n"
     "go func() { work(); close(done) }()\n"
     "<-done",
     "make it before it is used: done := make(chan struct{})"},
    {"a field that only some constructors set",
     "type S struct{ stop chan bool }\n"
     "s := &S{}\n"
     "go s.loop() // <-s.stop",
     "make channels in the one constructor that all use"},
};

static const struct grl_cause nil_send[] = {
    {"the channel was never made",
     "var out chan result\n"
     "go func() { out <- work() }()\n"
     "use(<-out)",
     "make it before it is used: out := make(chan result, 1)"},
    {"a field that only some constructors set",
     "type Log struct{ events chan event }\n"
     "l := &Log{}\n"
     "go l.add(e) // l.events <- e",
     "make channels in the one constructor that all use"},
};

static const struct grl_cause locks[] = {
    {"an error path returns with the mutex held",
     "mu.Lock()\n"
     "if err := step(); err != nil { return err }\n"
     "mu.Unlock()",
     "defer mu.Unlock() right behind mu.Lock()"},
    {"two locks taken in two orders",
     "func a() { x.Lock(); y.Lock() }\n"
     "func b() { y.Lock(); x.Lock() }\n"
     "go a(); go b()",
     "take them in one order everywhere"},
    {"the holder waits for something itself, such as a full channel",
     "mu.Lock()\n"
     "ch <- v // the receiver needs mu\n"
     "mu.Unlock()",
     "find the holder: a goroutine further inside this lock's functions; send "
     "after unlocking"},
};

static const struct grl_cause read_lock[] = {
    {"a read lock taken again while a writer waits",
     "mu.RLock(); defer mu.RUnlock()\n"
     "return s.size() // takes mu.RLock() again\n"
     "// a Lock() in between blocks both",
     "never nest read locks: split an inner function that expects the lock"},
};

static const struct grl_cause wait_group[] = {
    {"Done is not called on every path",
     "wg.Add(1)\n"
     "go func() { if bad() { return }; wg.Done() }()\n"
     "wg.Wait()",
     "defer wg.Done() as the first statement"},
    {"a worker of the group is stuck itself",
     "for range 10 { wg.Go(func() { results <- work() }) }\n"
     "wg.Wait() // before anybody receives\n"
     "for r := range results { use(r) }",
     "look at the goroutines that this one created; receive while they work"},
};

static const struct grl_cause cond[] = {
    {"nobody signals any more",
     "for len(q) == 0 { cond.Wait() }\n"
     "// the producer returned without\n"
     "// cond.Broadcast() on shutdown",
     "set a closed flag under the lock and Broadcast when shutting down"},
};

static const struct grl_cause semaphore[] = {
    {"a sync.Mutex, RWMutex or WaitGroup of Go before 1.20 or 1.24",
     "mu.Lock()\n"
     "if err := step(); err != nil { return err }\n"
     "mu.Unlock()",
     "the frames name the lock: see explain sync.Mutex.Lock and "
     "sync.WaitGroup.Wait"},
};

static const struct grl_cause sleeping[] = {
    {"a loop that sleeps and never ends",
     "go func() {\n"
     "    for { poll(); time.Sleep(time.Minute) }\n"
     "}()",
     "wait with a select on a timer and ctx.Done()"},
    {"a retry without a limit",
     "for {\n"
     "    if err := call(); err == nil { return }\n"
     "    time.Sleep(backoff()) }",
     "give up when the caller's context is done"},
};

static const struct grl_cause io_wait[] = {
    {"no timeout on a connection whose peer went away",
     "conn, err := l.Accept()\n"
     "go func() { io.Copy(dst, conn) }()\n"
     "// the peer's host is down",
     "set deadlines: conn.SetReadDeadline, http.Server.ReadTimeout and "
     "IdleTimeout"},
    {"a response body that is never closed",
     "resp, err := http.Get(url)\n"
     "if err != nil { return err }\n"
     "return json.NewDecoder(resp.Body).Decode(&v)",
     "defer resp.Body.Close()"},
};

static const struct grl_cause in_syscall[] = {
    {"a call into C or the kernel that does not return",
     "go func() {\n"
     "    C.wait_for_device(dev)\n"
     "}()",
     "such calls cannot be interrupted: pass a timeout to them, or limit how "
     "many there are"},
};

static const struct grl_cause busy[] = {
    {"a loop that never waits and never ends",
     "for !done {\n"
     "    // done is set by another goroutine\n"
     "}",
     "wait on a channel or a sync.Cond instead of spinning"},
};

static const struct grl_cause coroutines[] = {
    {"iter.Pull without stop",
     "next, stop := iter.Pull(seq)\n"
     "v, ok := next()\n"
     "return v // stop is never called",
     "defer stop()"},
};

static const struct grl_explanation explanations[] = {
    {"chan send", "sends on a channel that nobody receives from",
     CAUSES(chan_send)},
    {"chan receive", "receives from a channel that nobody sends on or closes",
     CAUSES(chan_receive)},
    {"select", "waits in a select none of whose cases can go on",
     CAUSES(select_cases)},
    {"select (no cases)", "waits for ever: select {} has nothing to wait for",
     CAUSES(no_cases)},
    {"chan receive (nil chan)", "receives from a nil channel: for ever",
     CAUSES(nil_receive)},
    {"chan send (nil chan)", "sends on a nil channel: for ever",
     CAUSES(nil_send)},
    {"sync.Mutex.Lock", "waits for a mutex that another goroutine holds",
     CAUSES(locks)},
    {"sync.RWMutex.Lock", "waits for readers or a writer to leave",
     CAUSES(locks)},
    {"sync.RWMutex.RLock", "waits for a writer to leave", CAUSES(read_lock)},
    {"semacquire", "waits for a lock or a WaitGroup", CAUSES(semaphore)},
    {"sync.WaitGroup.Wait", "waits for the goroutines of a group to be done",
     CAUSES(wait_group)},
    {"sync.Cond.Wait", "waits to be signalled", CAUSES(cond)},
    {"sleep", "sleeps", CAUSES(sleeping)},
    {"IO wait", "waits for a socket or a pipe to become ready",
     CAUSES(io_wait)},
    {"syscall", "is in a system call or in C code", CAUSES(in_syscall)},
    {"coroutine", "is the idle side of an iterator made by iter.Pull",
     CAUSES(coroutines)},
    {"running", "runs", CAUSES(busy)},
    {"runnable", "is ready to run and waits for a processor", CAUSES(busy)},
};

enum { EXPLANATIONS = sizeof explanations / sizeof explanations[0] };

const struct grl_explanation *grl_explain_get(size_t i)
{
    return i < EXPLANATIONS ? &explanations[i] : NULL;
}

const struct grl_explanation *grl_explain_state(const char *state)
{
    for (size_t i = 0; i < EXPLANATIONS; i++)
        if (strcmp(explanations[i].state, state) == 0)
            return &explanations[i];
    return NULL;
}
