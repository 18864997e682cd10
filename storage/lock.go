package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/gofrs/flock"
)

// The store is guarded by two lock files beside it, a turnstile. A writer holds
// the gate while it waits for the readers inside to leave, so no new reader slips
// past it; a reader passes the gate and lets it go at once, so readers do not hold
// up one another. Waiting on bbolt's own file lock alone starves writers.
type locks struct {
	gate, rw string
	timeout  time.Duration
}

// poll is how often a lock is tried again.
const poll = 2 * time.Millisecond

// read waits for a shared hold of the store and returns how to let it go.
func (l locks) read(ctx context.Context) (func(), error) {
	outer := ctx
	ctx, cancel := context.WithTimeout(outer, l.timeout)
	defer cancel()
	gate, err := l.take(outer, ctx, l.gate, (*flock.Flock).TryRLockContext)
	if denied(err) {
		// A store on read-only media or in somebody else's directory has no
		// lock files that could be made; bbolt's own lock still guards it.
		return func() {}, nil
	}
	if err != nil {
		return nil, err
	}
	defer gate()
	return l.take(outer, ctx, l.rw, (*flock.Flock).TryRLockContext)
}

// denied reports whether the disk, or who it belongs to, lets nothing be written.
func denied(err error) bool { return errors.Is(err, fs.ErrPermission) || errors.Is(err, errReadOnlyFS) }

// write waits for the only hold of the store and returns how to let it go.
func (l locks) write(ctx context.Context) (func(), error) {
	outer := ctx
	ctx, cancel := context.WithTimeout(outer, l.timeout)
	defer cancel()
	gate, err := l.take(outer, ctx, l.gate, (*flock.Flock).TryLockContext)
	if err != nil {
		return nil, err
	}
	rw, err := l.take(outer, ctx, l.rw, (*flock.Flock).TryLockContext)
	if err != nil {
		gate()
		return nil, err
	}
	return func() { rw(); gate() }, nil
}

// take waits for one lock until ctx, which is outer with the time-out, is done.
func (l locks) take(outer, ctx context.Context, path string,
	try func(*flock.Flock, context.Context, time.Duration) (bool, error)) (func(), error) {
	// Who may read the store may open its lock files, whoever made them.
	f := flock.New(path, flock.SetPermissions(0o644))
	_, err := try(f, ctx, poll)
	if errors.Is(err, context.DeadlineExceeded) && outer.Err() == nil {
		return nil, fmt.Errorf("%w: waited %v for %s", ErrLocked, l.timeout, path)
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() {
		// The lock goes with the file handle even if unlocking reports an error.
		_ = f.Close()
	}, nil
}
