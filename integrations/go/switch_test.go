package goroleak_test

// What the tests of a user of goleak may rest on. Only the import below is
// changed: tests/cli/go.sh runs this file with goleak itself too.

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	goleak "goroleak"
)

var _ goleak.TestingT = testing.TB(nil)
var _ goleak.TestingM = (*testing.M)(nil)

type fakeT struct{ said []string }

func (t *fakeT) Error(args ...interface{}) { t.said = append(t.said, fmt.Sprint(args...)) }

type fakeM struct {
	code int
	run  func()
}

func (m fakeM) Run() int {
	if m.run != nil {
		m.run()
	}
	return m.code
}

//go:noinline
func wait(c chan struct{}) { <-c }

//go:noinline
func waitToo(c chan struct{}) { wait(c) }

func nameOf(f interface{}) string {
	return runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
}

// blocked begins f, which ends with the test.
func blocked(t *testing.T, f func(chan struct{})) {
	c := make(chan struct{})
	go f(c)
	t.Cleanup(func() { close(c) })
}

// says is what VerifyNone tells with options.
func says(options ...goleak.Option) string {
	var t fakeT
	goleak.VerifyNone(&t, options...)
	return strings.Join(t.said, "\n")
}

func TestNone(t *testing.T) {
	if err := goleak.Find(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t)
}

func TestOneThatIsLeft(t *testing.T) {
	blocked(t, wait)
	if said := says(); !strings.Contains(said, "wait") {
		t.Errorf("VerifyNone says %q", said)
	}
	if err := goleak.Find(); err == nil || !strings.HasPrefix(err.Error(), "found unexpected goroutines:\n") {
		t.Errorf("Find says %v", err)
	}
}

func TestOneThatEnds(t *testing.T) {
	defer goleak.VerifyNone(t)
	go time.Sleep(50 * time.Millisecond)
}

func TestFunctionsThatAreIgnored(t *testing.T) {
	blocked(t, waitToo)
	for _, c := range []struct {
		what string
		opt  goleak.Option
		left bool
	}{
		{"top function", goleak.IgnoreTopFunction(nameOf(wait)), false},
		{"not the top function", goleak.IgnoreTopFunction(nameOf(waitToo)), true},
		{"any function", goleak.IgnoreAnyFunction(nameOf(waitToo)), false},
		{"a part of a name", goleak.IgnoreAnyFunction(nameOf(wait)[1:]), true},
	} {
		if said := says(c.opt); (said != "") != c.left {
			t.Errorf("%s: %q", c.what, said)
		}
	}
}

func TestIgnoreCurrentIsUsedAgain(t *testing.T) {
	blocked(t, wait)
	opt := goleak.IgnoreCurrent()
	goleak.VerifyNone(t, opt)
	goleak.VerifyNone(t, opt)
	blocked(t, waitToo)
	if says(opt) == "" {
		t.Error("one that is newer is not told")
	}
	goleak.VerifyNone(t, goleak.IgnoreCurrent(), opt)
}

func TestIgnoreCurrentIsOfAllThatAnyOfThemSaw(t *testing.T) {
	blocked(t, wait)
	first := goleak.IgnoreCurrent()
	blocked(t, waitToo)
	second := goleak.IgnoreCurrent()
	goleak.VerifyNone(t, first, second)
	goleak.VerifyNone(t, second, first)
}

func TestIgnoreCurrentIsByGoroutine(t *testing.T) {
	c, moved, end := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		<-c
		close(moved)
		select {
		case <-end:
		}
	}()
	opt := goleak.IgnoreCurrent()
	close(c)
	<-moved
	time.Sleep(20 * time.Millisecond)
	goleak.VerifyNone(t, opt)
	close(end)
	goleak.VerifyNone(t)
}

func TestIgnoreCurrentDoesNotCount(t *testing.T) {
	c := make(chan struct{})
	for i := 0; i < 20; i++ {
		go wait(c)
	}
	opt := goleak.IgnoreCurrent()
	close(c)
	goleak.VerifyNone(t)
	for i := 0; i < 20; i++ {
		blocked(t, wait)
	}
	if says(opt) == "" {
		t.Error("as many new ones are not told")
	}
}

func TestCleanup(t *testing.T) {
	var codes []int
	cleanup := goleak.Cleanup(func(code int) { codes = append(codes, code) })
	goleak.VerifyNone(t, cleanup)
	blocked(t, wait)
	says(cleanup)
	if fmt.Sprint(codes) != "[0 0]" {
		t.Errorf("called with %v", codes)
	}
	if goleak.Find(cleanup) == nil || len(codes) != 2 {
		t.Error("Find takes it")
	}
}

func TestRunOnFailureIsOfVerifyTestMainAlone(t *testing.T) {
	if goleak.Find(goleak.RunOnFailure()) == nil || says(goleak.RunOnFailure()) == "" {
		t.Error("others take it")
	}
}

func TestVerifyTestMain(t *testing.T) {
	for _, c := range []struct {
		code, want int
		leaks      bool
		opts       []goleak.Option
	}{
		{0, 0, false, nil},
		{0, 1, true, nil},
		{3, 3, true, nil},
		{3, 3, true, []goleak.Option{goleak.RunOnFailure()}},
		{0, 1, true, []goleak.Option{goleak.RunOnFailure()}},
		{0, 0, true, []goleak.Option{goleak.IgnoreTopFunction(nameOf(wait))}},
	} {
		got := -1
		leave := make(chan struct{})
		m := fakeM{code: c.code}
		if c.leaks {
			m.run = func() { go wait(leave) }
		}
		goleak.VerifyTestMain(m, append(c.opts, goleak.Cleanup(func(code int) { got = code }))...)
		close(leave)
		goleak.VerifyNone(t)
		if got != c.want {
			t.Errorf("%+v: exit status %d", c, got)
		}
	}
}

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) { os.Exit(code) }))
}
