// Command gostackparse is the peer that goroleak is measured against: the
// fastest Go parser of goroutine dumps, and a map of what it found.  It groups
// as goroleak does by default (state, frames, creator) as far as a string key
// can, so that the two must find the same groups.
//
//	gostackparse [-counts] FILE
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"

	"github.com/DataDog/gostackparse"
)

func main() {
	counts := flag.Bool("counts", false, "print the size of each group")
	flag.Parse()
	if flag.NArg() != 1 {
		fatal("usage: gostackparse [-counts] FILE")
	}
	f, err := os.Open(flag.Arg(0))
	if err != nil {
		fatal(err)
	}
	goroutines, errs := gostackparse.Parse(f)
	if len(errs) != 0 {
		fatal(errs[0])
	}
	groups := group(goroutines)
	if *counts {
		for _, n := range groups {
			fmt.Println(*n)
		}
		return
	}
	fmt.Println("goroutines", len(goroutines))
	fmt.Println("signatures", len(groups))
}

func fatal(what any) {
	fmt.Fprintln(os.Stderr, what)
	os.Exit(2)
}

// group counts goroutines by stack.  Looking a []byte up in a map of strings
// allocates nothing, and the counts are pointers so that only a new group
// makes a string.
func group(goroutines []*gostackparse.Goroutine) map[string]*int {
	groups := make(map[string]*int)
	var key []byte
	for _, g := range goroutines {
		key = append(key[:0], g.State...)
		for _, f := range g.Stack {
			key = appendFrame(key, f)
		}
		if g.CreatedBy != nil {
			key = append(key, '<')
			key = appendFrame(key, g.CreatedBy)
		}
		if n := groups[string(key)]; n != nil {
			*n++
		} else {
			n = new(int)
			*n = 1
			groups[string(key)] = n
		}
	}
	return groups
}

func appendFrame(key []byte, f *gostackparse.Frame) []byte {
	key = append(key, '\n')
	key = append(key, f.Func...)
	key = append(key, ' ')
	key = append(key, f.File...)
	key = append(key, ':')
	return strconv.AppendInt(key, int64(f.Line), 10)
}
