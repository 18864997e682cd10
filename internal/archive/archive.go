// Package archive joins the rules of reading to the store: it takes documents in,
// groups their captures into releases and versions, and gives releases and series
// back with their topics.
//
// Every answer is a function of the set of captures that are kept, with what the
// user said about them, and of the rules; never of the order in which the captures
// came in. [Archive.Ingest] is the way in; [Archive.Release], [Archive.List],
// [Archive.Series], [Archive.Log], [Archive.Search] and [Archive.News] are the ways out. Each
// method opens the store, does one thing and closes it again.
package archive

import (
	"cmp"
	"context"
	"errors"
	"time"

	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/document/pdf"
	"readout/internal/reading"
	"readout/internal/rules"
	"readout/storage"
)

// Options adjust [Open].
type Options struct {
	Path        string           // of the file
	Store       *storage.DB      // in place of a file; nil for the one at Path
	LockTimeout time.Duration    // 0 means 30 seconds
	Rules       *rules.Rules     // nil means the built-in ones
	Now         func() time.Time // nil means time.Now
	PDF         *pdf.Reader      // the caller's to close; nil starts one for every PDF file, which takes seconds
	// Program names the build that asks: what one build has derived and kept is not
	// taken over by another. Empty where there is only one.
	Program string
	// Key is the file of the key that signs heads, made with the store; "" means the name
	// of the store and ".key".
	Key string
}

// engine is what the archive needs of a store.
type engine interface {
	View(context.Context, func(storage.Reader) error) error
	Update(context.Context, func(storage.Writer) error) error
	Merge(context.Context) error
	Tidy(context.Context) error
}

// Archive is a store with the rules of reading. It is safe for concurrent use and
// needs no closing.
type Archive struct {
	db    engine
	file  *storage.DB
	rules *rules.Rules
	now   func() time.Time
	pdf   *pdf.Reader

	program string // see Options.Program
	key     string // see Options.Key
}

// Open names the archive in o.Store, or at o.Path. The file is created by the first write; until
// then every question is answered as by an empty archive.
func Open(o Options) (*Archive, error) {
	db := o.Store
	if db == nil {
		var err error
		if db, err = storage.Open(o.Path, storage.Options{LockTimeout: o.LockTimeout}); err != nil {
			return nil, err
		}
	}
	a := &Archive{
		db:      current{db},
		file:    db,
		rules:   o.Rules,
		now:     o.Now,
		pdf:     o.PDF,
		program: o.Program,
		key:     cmp.Or(o.Key, db.Path()+".key"),
	}
	if a.rules == nil {
		a.rules = rules.Default()
	}
	if a.now == nil {
		a.now = time.Now
	}
	return a, nil
}

// Exists returns nil where there is a store, [storage.ErrNoStore] where nothing is yet,
// and another error where something else is.
func (a *Archive) Exists() error { return a.file.Exists() }

// Make makes an empty store where there is none.
func (a *Archive) Make(ctx context.Context) error {
	if err := a.Exists(); !errors.Is(err, storage.ErrNoStore) {
		return err
	}
	if err := a.db.Update(ctx, func(storage.Writer) error { return nil }); err != nil {
		return err
	}
	return a.makeKey()
}

// Ready brings a store of an older format over.
func (a *Archive) Ready(ctx context.Context) error {
	return a.db.View(ctx, func(storage.Reader) error { return nil })
}

// view runs fn on the store; where there is none yet, fn is not run.
func (a *Archive) view(ctx context.Context, fn func(storage.Reader) error) error {
	err := a.db.View(ctx, fn)
	if errors.Is(err, storage.ErrNoStore) {
		return nil
	}
	return err
}

// Input is one document to take in.
type Input struct {
	Name      string // of the file, or the address; for messages
	Data      []byte
	MediaType string // as served, or ""
	URL       string // the bytes were fetched from, or ""
	// CapturedAt is when the bytes were seen; zero means what the document says
	// itself, or else the moment of ingestion.
	CapturedAt time.Time
	// Witnessed reports that CapturedAt is when the program itself got the bytes, and not
	// what somebody says.
	Witnessed bool
	Overrides reading.Overrides
	Select    document.Selectors // where the text of the page stands

	unsaid []string // fields of which what was said earlier is taken back
}

// Status says what became of an input.
type Status = ask.IngestStatus

// What can become of an input.
const (
	New       Status = "new"       // a release that was not there
	Revised   Status = "revised"   // another text of a release that was there
	Unchanged Status = "unchanged" // nothing new in the text
	Failed    Status = "failed"    // Result.Error says why
)

// Result is what became of one input.
type Result struct {
	ask.IngestResult
	Refused bool // the input was read and is no release; Error says why

	reading storage.ReadingKey
	print   string
}

// IngestReport is what became of a batch, in the order of the inputs.
type IngestReport struct {
	Results   []Result `json:"results"`
	New       int      `json:"new"`
	Revised   int      `json:"revised"`
	Unchanged int      `json:"unchanged"`
	Failed    int      `json:"failed"`
}
