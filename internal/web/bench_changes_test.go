package web_test

import (
	"testing"

	"readout/internal/web"
)

// BenchmarkFirstChanges asks a server that has just started for its news as page, feed
// and JSON: the archive is read and compared for every one. With -bench-store an archive
// at hand can be measured.
func BenchmarkFirstChanges(b *testing.B) {
	a := benchArchive(b)
	for _, path := range []string{"/changes", "/changes.atom", "/api/v1/changes"} {
		b.Run(path[1:], func(b *testing.B) {
			size := 0
			for b.Loop() {
				s := newServer(b, web.Options{Source: a, Report: func(err error) { b.Errorf("the server reports: %v", err) }})
				size = len(page(b, s, path))
			}
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}
