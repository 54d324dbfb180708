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
	args         []string
	baseline     []byte // a dump, or nil
	settle       time.Duration
	cleanup      func(int)
	runOnFailure bool
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

// IgnoreCurrent leaves out the goroutines that are there when it is called, each
// time the option is used; of several such options what any of them does.
func IgnoreCurrent() Option {
	now := stacks()
	return func(o *options) { o.baseline = merge(o.baseline, now) }
}

// Cleanup is called at the end: by VerifyTestMain with the exit status, in place
// of os.Exit, by VerifyNone with 0. Find takes none.
func Cleanup(f func(exitCode int)) Option {
	return func(o *options) { o.cleanup = f }
}

// RunOnFailure makes VerifyTestMain look for goroutines also when tests failed.
// It is for VerifyTestMain alone.
func RunOnFailure() Option {
	return func(o *options) { o.runOnFailure = true }
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

func collect(opts []Option) *options {
	o := &options{settle: 450 * time.Millisecond}
	for _, opt := range opts {
		opt(o)
	}
	return o
}

// Find returns an error that shows the goroutines that are left, or that they
// could not be judged; nil when there are none.
func Find(opts ...Option) error {
	o := collect(opts)
	if o.cleanup != nil {
		return errors.New("Cleanup can only be passed to VerifyNone or VerifyTestMain")
	}
	return find(o)
}

func find(o *options) error {
	if o.runOnFailure {
		return errors.New("RunOnFailure can only be passed to VerifyTestMain")
	}
	if o.baseline != nil {
		file, err := write(o.baseline)
		if err != nil {
			return err
		}
		defer os.Remove(file)
		// It is of this process, whatever the ids look like.
		o.args = append(o.args, "--other-process", "--baseline="+file)
	}
	return settle(o)
}

// settle gives goroutines all their time, however long the judging takes: the
// last dump is taken behind its end.
func settle(o *options) error {
	end := time.Now().Add(o.settle)
	for pause := time.Millisecond; ; pause *= 2 {
		last := !time.Now().Before(end)
		leaked, err := judge(o)
		if err == nil || !leaked || last {
			return err
		}
		if pause > 100*time.Millisecond {
			pause = 100 * time.Millisecond
		}
		if left := time.Until(end); pause > left {
			pause = left
		}
		time.Sleep(pause)
	}
}

// VerifyNone marks t as failed when goroutines are left.
func VerifyNone(t TestingT, opts ...Option) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
	o := collect(opts)
	if err := find(o); err != nil {
		t.Error(err)
	}
	if o.cleanup != nil {
		o.cleanup(0)
	}
}

// VerifyTestMain runs the tests of m and exits with 1 when they pass and
// goroutines are left.
func VerifyTestMain(m TestingM, opts ...Option) {
	code := m.Run()
	o := collect(opts)
	if o.cleanup == nil {
		o.cleanup = os.Exit
	}
	look := code == 0 || o.runOnFailure
	o.runOnFailure = false
	if look {
		if err := find(o); err != nil {
			fmt.Fprintf(os.Stderr, "goroleak: %v\n", err)
			if code == 0 {
				code = 1
			}
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
	case errors.Is(err, exec.ErrNotFound):
		return false, fmt.Errorf("goroutines could not be judged: %v; install goroleak, or name it in GOROLEAK_BIN", err)
	default:
		return false, fmt.Errorf("goroutines could not be judged: %v\n%s", err, bytes.TrimSpace(out))
	}
}

// merge is dump a, with the goroutines of b that it does not have.
func merge(a, b []byte) []byte {
	var both []byte
	seen := map[string]bool{}
	for _, dump := range [][]byte{a, b} {
		for _, g := range bytes.Split(bytes.TrimSpace(dump), []byte("\n\n")) {
			header := string(g[:bytes.IndexByte(g, '[')+1])
			if header != "" && !seen[header] {
				seen[header] = true
				both = append(append(both, g...), "\n\n"...)
			}
		}
	}
	return both
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
