package web

import (
	"context"
	"sync"
)

// errands are what goes on for the sake of several requests and so outlives each of them:
// whoever closes the source waits for them first. A [sync.WaitGroup] does not do, since one
// may begin while another is waited for. The zero value is ready for use.
type errands struct {
	mu   sync.Mutex
	n    int           // under way
	idle chan struct{} // closed when the last of them ends
}

// run begins an errand.
func (e *errands) run(fn func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.n++; e.n == 1 {
		e.idle = make(chan struct{})
	}
	go func() {
		defer e.done()
		fn()
	}()
}

func (e *errands) done() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.n--; e.n == 0 {
		close(e.idle)
	}
}

// wait returns when none is under way, or when ctx ends.
func (e *errands) wait(ctx context.Context) {
	for {
		e.mu.Lock()
		n, idle := e.n, e.idle
		e.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-idle: // another may have begun since
		case <-ctx.Done():
			return
		}
	}
}
