package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long job has got. The zero progress, which everybody
// gets whose standard error is no terminal, shows nothing.
type progress struct{ bar *progressbar.ProgressBar }

// progress begins a bar of total steps on standard error.
func (a *app) progress(what string, total int) progress {
	if a.quiet || !a.talk.is() || total < 2 {
		return progress{}
	}
	return progress{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(a.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth(),
	)}
}

// set says that done steps are behind.
func (p progress) set(done int) {
	if p.bar != nil {
		_ = p.bar.Set(done) // a bar that cannot be drawn is no reason to stop
	}
}

// close takes the bar off the screen.
func (p progress) close() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
