package web

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Errands are waited for with those that they begin, and no longer than the caller will.
func TestErrands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var e errands
		e.wait(t.Context()) // for none
		var ended atomic.Int32
		e.run(func() {
			time.Sleep(time.Second)
			e.run(func() {
				time.Sleep(time.Second)
				ended.Add(1)
			})
			ended.Add(1)
		})
		hurried, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if e.wait(hurried); ended.Load() != 0 || hurried.Err() == nil {
			t.Errorf("who waits a moment sees %d of 2 errands ended", ended.Load())
		}
		if e.wait(t.Context()); ended.Load() != 2 {
			t.Errorf("%d of 2 errands were waited for", ended.Load())
		}
		e.run(func() { ended.Add(1) })
		if e.wait(t.Context()); ended.Load() != 3 {
			t.Error("an errand after the others was not waited for")
		}
	})
}
