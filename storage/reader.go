package storage

import (
	"encoding/json"
	"iter"
	"time"

	"readout/timeline"
)

// Reader is one consistent view of a store. It is valid only inside the function
// it was handed to, and for one goroutine; values taken from it stay valid.
// Methods that name one thing return [ErrNotFound] where there is none.
// Sequences stop at the first error.
type Reader interface {
	// Seq is the number of the last event in the log, 0 for none.
	Seq() uint64
	// Writes counts the writes to the file, those that leave nothing in the log among
	// them: while both numbers stay, nothing in the store has changed. A file that was
	// compacted counts anew.
	Writes() uint64
	// Log yields the events after the given number, in order.
	Log(after uint64) iter.Seq2[Event, error]
	// Blob returns captured bytes, checked against their hash.
	Blob(Hash) ([]byte, error)
	// Hashes yields the hashes of all captured bytes from one on, in order.
	Hashes(from Hash) iter.Seq2[Hash, error]
	// Captures yields all captures in order of hash, then time.
	Captures() iter.Seq2[Capture, error]
	// CapturesOf yields the captures of the given bytes in order of time.
	CapturesOf(Hash) iter.Seq2[Capture, error]
	// Born returns the number of the first event in the log that told of the bytes.
	Born(Hash) (uint64, error)
	// Withdrawal returns the tombstone of bytes, and Withdrawals yields all of them in
	// order of hash.
	Withdrawal(Hash) (*Withdrawal, error)
	Withdrawals() iter.Seq2[*Withdrawal, error]
	// Reading returns a reading.
	Reading(ReadingKey) (*Reading, error)
	// Outline returns a reading whose release is a head, see [HeadOf]: much
	// faster than the whole.
	Outline(ReadingKey) (*Reading, error)
	// Facts returns the facts of a reading, much faster than the whole.
	Facts(ReadingKey) (json.RawMessage, error)
	// Readings yields all readings in order of key.
	Readings() iter.Seq2[*Reading, error]
	// ReleaseOf returns the id of the release that a reading belongs to.
	ReleaseOf(ReadingKey) (string, error)
	// Entry returns the catalogue entry of a release.
	Entry(id string) (*Entry, error)
	// Entries yields the entries whose id starts with prefix, in order of id.
	Entries(prefix string) iter.Seq2[*Entry, error]
	// EntryIDs yields the ids that start with prefix, in order.
	EntryIDs(prefix string) iter.Seq2[string, error]
	// EntryDigests yields a digest of every entry in order of id. It reads much less
	// than Entries: a program that keeps entries sees which of them have changed.
	EntryDigests() iter.Seq2[EntryDigest, error]
	// EntriesOf yields the entries of a series in order of day, then id.
	EntriesOf(timeline.SeriesID) iter.Seq2[*Entry, error]
	// EntriesSince yields those of EntriesOf that stand under a day or a later one; for the
	// zero day all of them, those under no day first.
	EntriesSince(timeline.SeriesID, timeline.Date) iter.Seq2[*Entry, error]
	// EntriesOn yields the entries of a day, in order of id.
	EntriesOn(timeline.Date) iter.Seq2[*Entry, error]
	// ByDay yields the ids of all releases from a day backwards, those of one day together. The
	// zero day begins with the releases that have no day, each by itself and the last id first,
	// and goes on with the newest; any other leaves them out.
	ByDay(until timeline.Date) iter.Seq2[DayIDs, error]
	// CurrentReading names the reading of the current version of a release, much faster than
	// its entry.
	CurrentReading(id string) (ReadingKey, error)
	// SeenSince yields the ids of releases of which another text than before was seen at a
	// time or later, in order of that time: once for each of its spells that began then.
	SeenSince(time.Time) iter.Seq2[string, error]
	// SeriesRow returns a series in short, SeriesRows all of them in order of id.
	SeriesRow(timeline.SeriesID) (SeriesRow, error)
	SeriesRows() iter.Seq2[SeriesRow, error]
	// Counts returns how much is kept, and Days the first and last day of a release,
	// zero where no day is known.
	Counts() (Counts, error)
	Days() (first, last timeline.Date, err error)
	// Curation returns what is kept for a series under a kind of decision.
	Curation(series timeline.SeriesID, kind string) ([]byte, error)
	// Curations yields all curation in order of series, then kind.
	Curations() iter.Seq2[Curation, error]
	// Mark returns the log number kept under a name.
	Mark(name string) (uint64, error)
	// Marks returns all marks.
	Marks() (map[string]uint64, error)
	// Fetches yields what is noted about fetching, in order of key.
	Fetches() iter.Seq2[Fetch, error]
	// Lists returns where a term occurs, and ListsBelow where terms occur that begin with
	// a prefix, a statement once for each of them. Readings that are no more may be among
	// them: they have no place.
	Lists(term string) (Lists, error)
	ListsBelow(prefix string) (Lists, error)
	// NumberOf returns the number of a reading, which stays as long as the reading does.
	NumberOf(ReadingKey) (uint32, error)
	// Numbered returns the reading of that number.
	Numbered(number uint32) (*Reading, error)
	// Place returns where the reading of that number stands in the catalogue.
	Place(number uint32) (*Place, error)
	// Ahead says what will be asked for soon. Nothing need be said: it spares a store that
	// is far away an answer for each.
	Ahead(Soon) error
	// Note returns what the caller has derived and kept under a kind and a key, and
	// Notes yields the notes of a kind whose keys have a prefix.
	Note(kind, key string) ([]byte, error)
	Notes(kind, prefix string) iter.Seq2[Note, error]
}

// Writer is a [Reader] that sees its own writes and can add to the store. The
// postings of [Writer.PutReading] are seen only by later transactions.
type Writer interface {
	Reader
	// AddCapture keeps a capture and its bytes and reports whether it was new. It
	// is an error if data does not have the hash that the row names, and
	// [WithdrawnError] if these bytes were withdrawn.
	AddCapture(c Capture, data []byte) (added bool, err error)
	// Heal puts captured bytes in the place of those kept under their hash where these
	// cannot be read any more, and reports whether they had to be.
	Heal(data []byte) (bool, error)
	// Withdraw deletes captured bytes for good, keeps a tombstone, and reports whether
	// there was none yet. Their captures are no longer among [Reader.Captures]; the log
	// tells of them as before. What was derived of them is the caller's to delete.
	Withdraw(Withdrawal) (bool, error)
	// PutReading keeps a reading, in place of an earlier one with the same key,
	// with the search terms of each of its statements in order. It is logged unless
	// it is the first one of bytes captured in the same transaction, so that who
	// follows the log hears of every change.
	PutReading(r *Reading, terms [][]string) error
	// DeleteReading forgets a reading; it is no error if there is none.
	DeleteReading(ReadingKey) error
	// PutEntry keeps a catalogue entry, in place of an earlier one of that id.
	PutEntry(*Entry) error
	// PutNote keeps a note, in place of an earlier one; a nil value forgets it.
	PutNote(Note) error
	// DeleteEntry forgets a catalogue entry; it is no error if there is none.
	DeleteEntry(id string) error
	// SetCuration keeps value, nil to forget it. It is logged where it is a change.
	SetCuration(c Curation) error
	// SetMark keeps a log number under a name.
	SetMark(name string, seq uint64) error
	// PutFetch keeps a note about fetching, in place of the one under its key.
	PutFetch(Fetch) error
	// DeleteFetch forgets a note about fetching; it is no error if there is none.
	DeleteFetch(key string) error
}

// Curation is one kind of decision about one series, in a form that the store does
// not look into.
type Curation struct {
	Series timeline.SeriesID `json:"series"`
	Kind   string            `json:"kind"`
	Value  []byte            `json:"value"` // nil forgets it
}
