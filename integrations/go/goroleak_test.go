package goroleak

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type recorder struct{ said string }

func (r *recorder) Error(args ...interface{}) { r.said += fmt.Sprint(args...) }

func block(c chan struct{}) { <-c }

func TestNothingIsLeft(t *testing.T) { VerifyNone(t) }

func TestWhatIsLeftIsNamed(t *testing.T) {
	c := make(chan struct{})
	defer close(c)
	go block(c)
	var r recorder
	VerifyNone(&r, Settle(50*time.Millisecond))
	if !strings.Contains(r.said, "goroleak.block") {
		t.Errorf("it says: %s", r.said)
	}
}

func TestGoroutinesHaveTimeToEnd(t *testing.T) {
	go time.Sleep(100 * time.Millisecond)
	VerifyNone(t, Settle(5*time.Second))
}

func TestWhatIsIgnored(t *testing.T) {
	c := make(chan struct{})
	defer close(c)
	go block(c)
	for _, opt := range []Option{
		IgnoreTopFunction("goroleak.block"),
		IgnoreAnyFunction("goroleak.block"),
		IgnoreAnyContainingPkg("goroleak"),
		IgnoreCreatedBy("goroleak.TestWhatIsIgnored"),
		IgnoreCurrent(),
		Arg("--max=top:block=1"),
	} {
		VerifyNone(t, opt)
	}
}

// The one goroutine is there in the first dump, and no longer when that one has
// been judged.
func TestTheirTimeIsNotThatOfTheJudging(t *testing.T) {
	bin := os.Getenv("GOROLEAK_BIN")
	if bin == "" {
		bin = "goroleak"
	}
	slow := filepath.Join(t.TempDir(), "slow")
	script := "#!/bin/sh\nsleep 0.3\nexec '" + bin + "' \"$@\"\n"
	if err := os.WriteFile(slow, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOROLEAK_BIN", slow)
	go time.Sleep(100 * time.Millisecond)
	VerifyNone(t, Settle(150*time.Millisecond))
}

func TestWithoutTheProgramItFails(t *testing.T) {
	t.Setenv("GOROLEAK_BIN", "/no/such/goroleak")
	var r recorder
	VerifyNone(&r)
	if !strings.Contains(r.said, "could not be judged") {
		t.Errorf("it says: %s", r.said)
	}
}
