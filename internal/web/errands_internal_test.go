package web

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Errands are waited for with those that they begin, and no longer than the caller will.
func TestErrands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var e errands
		e.wait(t.Context()) // for none
		ended := 0
		e.run(func() {
			time.Sleep(time.Second)
			e.run(func() {
				time.Sleep(time.Second)
				ended++
			})
			ended++
		})
		hurried, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if e.wait(hurried); ended != 0 || hurried.Err() == nil {
			t.Errorf("who waits a moment sees %d of 2 errands ended", ended)
		}
		if e.wait(t.Context()); ended != 2 {
			t.Errorf("%d of 2 errands were waited for", ended)
		}
		e.run(func() { ended++ })
		if e.wait(t.Context()); ended != 3 {
			t.Error("an errand after the others was not waited for")
		}
	})
}
