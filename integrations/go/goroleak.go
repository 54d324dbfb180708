// Package goroleak fails a Go test when goroutines are left, with the names of
// go.uber.org/goleak, so that switching is a change of an import. The goroutines
// are judged by the goroleak program, found on PATH or named by GOROLEAK_BIN;
// where it is missing a test fails, it never passes in silence.
package goroleak

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"time"
)

// TestingT is the part of testing.TB that is needed.
type TestingT interface {
	Error(args ...interface{})
}

// TestingM is the part of *testing.M that is needed.
type TestingM interface {
	Run() int
}

type options struct {
	args    []string
	files   []string
	settle  time.Duration
	cleanup func(int)
	err     error
}

// Option changes how goroutines are judged.
type Option func(*options)

func ignore(kind, function string) Option {
	return func(o *options) {
		o.args = append(o.args, "--ignore="+kind+":="+function)
	}
}

// IgnoreTopFunction leaves out goroutines whose innermost function is f.
func IgnoreTopFunction(f string) Option { return ignore("top", f) }

// IgnoreAnyFunction leaves out goroutines that have f anywhere in their stack.
func IgnoreAnyFunction(f string) Option { return ignore("any", f) }

// IgnoreCreatedBy leaves out goroutines that f started.
func IgnoreCreatedBy(f string) Option { return ignore("creator", f) }

// IgnoreAnyContainingPkg leaves out goroutines with a function of package p.
func IgnoreAnyContainingPkg(p string) Option {
	return func(o *options) {
		o.args = append(o.args, "--ignore=any:^"+regexp.QuoteMeta(p)+`[./]`)
	}
}

// IgnoreCurrent leaves out the goroutines that are there when it is called.
func IgnoreCurrent() Option {
	file, err := write(stacks())
	return func(o *options) {
		o.err = firstOf(o.err, err)
		o.files = append(o.files, file)
		o.args = append(o.args, "--baseline="+file)
	}
}

// Cleanup is called by VerifyTestMain with the exit status, in place of os.Exit.
func Cleanup(f func(exitCode int)) Option {
	return func(o *options) { o.cleanup = f }
}

// Settle gives goroutines that are on their way out so long; 450 ms unless said
// otherwise, about what goleak gives them.
func Settle(d time.Duration) Option {
	return func(o *options) { o.settle = d }
}

// Arg passes an argument on to goroleak assert, such as "--max=top:pool=8".
func Arg(arg string) Option {
	return func(o *options) { o.args = append(o.args, arg) }
}

// Find returns an error that shows the goroutines that are left, or that they
// could not be judged; nil when there are none.
func Find(opts ...Option) error {
	o := options{settle: 450 * time.Millisecond}
	for _, opt := range opts {
		opt(&o)
	}
	return find(&o)
}

func find(o *options) error {
	defer func() {
		for _, f := range o.files {
			os.Remove(f)
		}
	}()
	if o.err != nil {
		return o.err
	}
	end := time.Now().Add(o.settle)
	for pause := time.Millisecond; ; pause *= 2 {
		leaked, err := judge(o)
		if err == nil || !leaked || !time.Now().Add(pause).Before(end) {
			return err
		}
		if pause > 100*time.Millisecond {
			pause = 100 * time.Millisecond
		}
		time.Sleep(pause)
	}
}

// VerifyNone marks t as failed when goroutines are left.
func VerifyNone(t TestingT, opts ...Option) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
	if err := Find(opts...); err != nil {
		t.Error(err)
	}
}

// VerifyTestMain runs the tests of m and exits with 1 when they pass and
// goroutines are left.
func VerifyTestMain(m TestingM, opts ...Option) {
	o := options{settle: 450 * time.Millisecond, cleanup: os.Exit}
	for _, opt := range opts {
		opt(&o)
	}
	code := m.Run()
	if code == 0 {
		if err := find(&o); err != nil {
			fmt.Fprintf(os.Stderr, "goroleak: %v\n", err)
			code = 1
		}
	}
	o.cleanup(code)
}

// judge asks the program: whether goroutines leaked, and what it says of them.
func judge(o *options) (leaked bool, err error) {
	bin := os.Getenv("GOROLEAK_BIN")
	if bin == "" {
		bin = "goroleak"
	}
	// Without os/exec's goroutines that copy: they would be leaks themselves.
	in, err := write(stacks())
	if err != nil {
		return false, err
	}
	defer os.Remove(in)
	cmd := exec.Command(bin, append(append([]string{"assert"}, o.args...), in)...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return false, nil
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return true, fmt.Errorf("found unexpected goroutines:\n%s", bytes.TrimSpace(out))
	default:
		return false, fmt.Errorf("goroutines could not be judged: %v\n%s", err, bytes.TrimSpace(out))
	}
}

// stacks is runtime.Stack of all goroutines, whole.
func stacks() []byte {
	for size := 64 << 10; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size {
			return buf[:n]
		}
	}
}

func write(text []byte) (string, error) {
	f, err := os.CreateTemp("", "goroleak-*.txt")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	return f.Name(), firstOf(err, f.Close())
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
