package goroleak

import (
	"fmt"
	"os"
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

func TestWithoutTheProgramItFails(t *testing.T) {
	before, was := os.LookupEnv("GOROLEAK_BIN")
	os.Setenv("GOROLEAK_BIN", "/no/such/goroleak")
	defer func() {
		if was {
			os.Setenv("GOROLEAK_BIN", before)
		} else {
			os.Unsetenv("GOROLEAK_BIN")
		}
	}()
	var r recorder
	VerifyNone(&r)
	if !strings.Contains(r.said, "could not be judged") {
		t.Errorf("it says: %s", r.said)
	}
}
