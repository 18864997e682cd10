package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"readout/internal/letters"
	"readout/storage"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitDifferent   = 3
	exitLocked      = 4
	exitInterrupted = 130 // 128 + SIGINT, as shells have it
)

// usageError is returned when the command was called wrongly.
type usageError struct {
	msg, hint string
	known     string // what could have been said in place of the wrong word, "" where that is no list
}

func (e *usageError) Error() string { return e.msg }

// hintedError carries what to type next.
type hintedError struct {
	err  error
	hint string
}

func (e *hintedError) Error() string { return e.err.Error() }
func (e *hintedError) Unwrap() error { return e.err }

// errDifferent is returned when differences were found and --exit-code asked.
var errDifferent = errors.New("differences were found")

// errItems is returned when some items of a batch failed and have been reported.
var errItems = errors.New("some items failed")

// report tells people about err on standard error and returns the exit code.
func (a *app) report(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errDifferent):
		return exitDifferent
	case errors.Is(err, errItems):
		return exitFailed
	case errors.Is(err, syscall.EPIPE):
		return exitOK // the reader of a pipe had enough
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "readout: interrupted")
		return exitInterrupted
	}
	code, hint, known := exitFailed, hintOf(err), ""
	if errors.Is(err, storage.ErrLocked) {
		code = exitLocked
	}
	var usage *usageError
	var hinted *hintedError
	switch {
	case errors.As(err, &usage):
		code, hint, known = exitUsage, usage.hint, usage.known
	case errors.As(err, &hinted):
		hint = hinted.hint
	}
	fmt.Fprintln(a.stderr, "readout: error: "+letters.Clean(err.Error()))
	if hint != "" {
		fmt.Fprintln(a.stderr, "readout: hint: "+letters.Clean(hint))
	}
	if known != "" {
		fmt.Fprintln(a.stderr, "readout: "+known)
	}
	return code
}
