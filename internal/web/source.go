package web

import (
	"context"
	"errors"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// Source is what the server shows. An archive.Archive is one. Methods are called
// by many goroutines, and what they return is not changed by the server.
type Source interface {
	// Overview returns all releases in short, and what changed after the overview
	// given; where nothing did, that one.
	Overview(ctx context.Context, old *archive.Overview) (*archive.Overview, error)
	// Series returns a series whole, with its topics.
	Series(ctx context.Context, id timeline.SeriesID, o archive.SeriesOptions) (*archive.Series, error)
	// Formulas returns the formulas of a series, which find finds where they are not kept.
	Formulas(ctx context.Context, s *archive.Series, find func(diff.Memory) []formula.Formula) []formula.Formula
	// Release returns a release, or one version of it.
	Release(ctx context.Context, ref archive.Ref) (*timeline.Release, error)
	// VersionLog returns the versions of a release, each against the one before it.
	VersionLog(ctx context.Context, ref archive.Ref) (*ask.Log, error)
	// Raw returns captured bytes.
	Raw(ctx context.Context, ref archive.Ref) (*archive.Capture, error)
	// Search finds statements by their words.
	Search(ctx context.Context, text string, f archive.SearchFilter) ([]archive.Hit, error)
	// SearchSeries counts what a search finds in each series.
	SearchSeries(ctx context.Context, text string, f archive.SearchFilter) (map[timeline.SeriesID]int, error)
	// Phrase returns who uses a phrase, and Releases all of a series without its topics.
	Phrase(ctx context.Context, words string, f archive.PhraseFilter) (*archive.PhraseUsers, error)
	Releases(ctx context.Context, id timeline.SeriesID, o archive.SeriesOptions) ([]*timeline.Release, error)
	// Reports compares the texts of a series, each with the one before it.
	Reports(ctx context.Context, id timeline.SeriesID, days timeline.Filter) ([]*diff.Report, error)
	// MarkSite notes of the changes of altered pages which are those of their site.
	MarkSite(ctx context.Context, records ...*ask.Diff) error
	// Curation returns the decisions about the topics of a series, and Curate
	// changes them.
	Curation(ctx context.Context, series timeline.SeriesID) (timeline.Curation, error)
	Curate(ctx context.Context, series timeline.SeriesID, change func(timeline.Curation) (timeline.Curation, error)) error
	// Settle keeps what a person says of a release, Unsettle takes it back.
	Unsettle(ctx context.Context, ref archive.Ref, fields ...string) (*archive.IngestReport, error)
	Settle(ctx context.Context, ref archive.Ref, over reading.Overrides) (*archive.IngestReport, error)
}

// isNotFound reports whether the source has nothing of the name asked for.
func isNotFound(err error) bool { return errors.Is(err, storage.ErrNotFound) }

// isBusy reports whether the source was held by another process for too long.
func isBusy(err error) bool { return errors.Is(err, storage.ErrLocked) }
