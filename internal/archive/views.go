package archive

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"readout/storage"
	"readout/timeline"
)

// A view is what is derived from a whole series and kept: its topics, which of them
// every statement has, and which releases are about one meeting. It is kept under a
// digest of all that it is a function of: the texts of the series, the decisions of a
// person about it, the rules and the program. A view that is missing, damaged or of
// another digest is made again, and kept where the store can be written to at once: to
// lose one costs time and never truth.

const (
	kindView   = "view"   // series -> digest, how many topics there are
	kindTopics = "topics" // series -> digest, the topics
	kindLabels = "labels" // series -> digest, what each release has
	kindName   = "name"   // name of a topic, 0, series -> digest of the view that has it
)

// viewRevision is raised where the same texts, decisions and rules give another view.
const viewRevision = 4

// digestSize is the length of a digest of a view.
const digestSize = 16

// How long it is waited for the store to keep what was derived: by a question, and by
// who has just taken in what it is derived from.
const (
	keepWait   = 100 * time.Millisecond
	ingestWait = 5 * time.Second
)

// seriesView is the view of a series.
type seriesView struct {
	digest   string
	topics   []timeline.Topic
	releases []viewed
}

// viewed is a release in a view.
type viewed struct {
	id      string
	meeting string // empty for its own
	// topics are, for each statement, how many topics it has and their indexes, all
	// as varints.
	topics []byte
}

// viewDigest names what the view of a series is a function of.
func (a *Archive) viewDigest(r storage.Reader, row storage.SeriesRow) (string, error) {
	decided, err := settled(r, row.ID)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s\x00%x\x00%s", viewRevision, a.program, a.rules.Digest, row.State, decided))
	return string(sum[:digestSize]), nil
}

// rulesDigest names the rules and the program.
func (a *Archive) rulesDigest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", viewRevision, a.program, a.rules.Digest))
	return string(sum[:digestSize])
}

// keptCount returns how many topics the view of a series has that is kept. Where none is
// kept that holds, ok is false; the digest is the one that a view has now.
func (a *Archive) keptCount(r storage.Reader, row storage.SeriesRow) (digest string, count int, ok bool, err error) {
	if digest, err = a.viewDigest(r, row); err != nil {
		return "", 0, false, err
	}
	b, held := keptUnder(r, kindView, row.ID, digest)
	n, size := binary.Uvarint(b)
	return digest, int(n), held && size > 0, nil
}

// keptUnder returns what is kept of a series under a digest, and false where nothing is:
// damaged is as good as missing.
func keptUnder(r storage.Reader, kind string, id timeline.SeriesID, digest string) ([]byte, bool) {
	b, err := r.Note(kind, string(id))
	if err != nil || !strings.HasPrefix(string(b), digest) {
		return nil, false
	}
	return b[len(digest):], true
}

// keptView returns the view of a series if one is kept that holds, else nil, and the
// digest that a view would have now.
func (a *Archive) keptView(r storage.Reader, row storage.SeriesRow) (*seriesView, string, error) {
	digest, _, ok, err := a.keptCount(r, row)
	if err != nil || !ok {
		return nil, digest, err
	}
	v := &seriesView{digest: digest}
	topics, ok := keptUnder(r, kindTopics, row.ID, digest)
	labels, okToo := keptUnder(r, kindLabels, row.ID, digest)
	if !ok || !okToo || json.Unmarshal(topics, &v.topics) != nil || !v.readLabels(labels) {
		return nil, digest, nil
	}
	return v, digest, nil
}

// writeLabels encodes what each release has: three strings, each behind its length.
func (v *seriesView) writeLabels() []byte {
	var out []byte
	for _, x := range v.releases {
		for _, piece := range []string{x.id, x.meeting, string(x.topics)} {
			out = append(binary.AppendUvarint(out, uint64(len(piece))), piece...)
		}
	}
	return out
}

// readLabels decodes what writeLabels wrote, and reports whether it could.
func (v *seriesView) readLabels(b []byte) bool {
	var pieces [3]string
	for len(b) > 0 {
		for i := range pieces {
			size, n := binary.Uvarint(b)
			if n <= 0 || size > uint64(len(b)-n) {
				return false
			}
			pieces[i] = string(b[n : n+int(size)])
			b = b[n+int(size):]
		}
		v.releases = append(v.releases, viewed{pieces[0], pieces[1], []byte(pieces[2])})
	}
	return true
}

// viewOf makes the view of a series out of its topics.
func viewOf(digest string, t *timeline.Topics) *seriesView {
	v := &seriesView{digest: digest, topics: t.Topics}
	index := map[string]uint64{}
	for i, x := range t.Topics {
		index[x.ID] = uint64(i)
	}
	for _, r := range t.Releases() {
		x := viewed{id: r.ID}
		if r.Meeting != r.ID {
			x.meeting = r.Meeting
		}
		for _, s := range r.Statements {
			head := uint64(len(s.Topics)) << 1
			if s.Inherited {
				head |= 1
			}
			x.topics = binary.AppendUvarint(x.topics, head)
			for _, id := range s.Topics {
				x.topics = binary.AppendUvarint(x.topics, index[id])
			}
		}
		v.releases = append(v.releases, x)
	}
	return v
}

// release returns what the view has on a release, nil for nothing.
func (v *seriesView) release(id string) *viewed {
	i := slices.IndexFunc(v.releases, func(x viewed) bool { return x.id == id })
	if i < 0 {
		return nil
	}
	return &v.releases[i]
}

// label gives a release its meeting and its statements their topics, and reports
// whether the view fits it.
func (v *seriesView) label(rel *timeline.Release) bool {
	x := v.release(rel.ID)
	if x == nil {
		return false
	}
	rel.Meeting = cmp.Or(x.meeting, x.id)
	b := x.topics
	next := func() (uint64, bool) {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			return 0, false
		}
		b = b[size:]
		return n, true
	}
	wholes := timeline.WholesOf(v.topics)
	for i := range rel.Statements {
		head, ok := next()
		count := head >> 1
		if !ok || count > uint64(len(v.topics)) {
			return false
		}
		ids := make([]string, count)
		for k := range ids {
			n, ok := next()
			if !ok || n >= uint64(len(v.topics)) {
				return false
			}
			ids[k] = v.topics[n].ID
		}
		rel.Statements[i].Topics, rel.Statements[i].Wholes, rel.Statements[i].Inherited = ids, wholes(ids), head&1 != 0
	}
	return len(b) == 0
}

// linked returns the topics of a series, whose releases are given as they stand now,
// and where they had to be found the view to keep.
func (a *Archive) linked(r storage.Reader, id timeline.SeriesID,
	releases []*timeline.Release) (*timeline.Topics, *seriesView, error) {
	row, err := r.SeriesRow(id)
	if errors.Is(err, storage.ErrNotFound) {
		t, err := a.link(r, id, releases, SeriesOptions{})
		return t, nil, err
	}
	if err != nil {
		return nil, nil, err
	}
	v, digest, err := a.keptView(r, row)
	if err != nil {
		return nil, nil, err
	}
	decided, err := curation(r, id)
	if err != nil {
		return nil, nil, err
	}
	unfit := func(rel *timeline.Release) bool { return !v.label(rel) }
	if v != nil && len(v.releases) == len(releases) && !slices.ContainsFunc(releases, unfit) {
		again := func() *timeline.Topics { return timeline.Link(releases, a.linkOptions(id, decided)) }
		return timeline.Kept(releases, v.topics, again), nil, nil
	}
	t := timeline.Link(releases, a.linkOptions(id, decided))
	return t, viewOf(digest, t), nil
}

// keepUnder keeps something of a series under a digest; see [keptUnder].
func keepUnder(w storage.Writer, kind string, id timeline.SeriesID, digest string, b []byte) error {
	return w.PutNote(storage.Note{Kind: kind, Key: string(id), Value: append([]byte(digest), b...)})
}

// keepSoon writes what nothing depends on to the store and reports whether it did. Where others
// hold it, it is not waited for beyond the time given; where it cannot be written to, what is kept
// stays as it is.
func (a *Archive) keepSoon(ctx context.Context, wait time.Duration, write func(storage.Writer) error) bool {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return a.db.Update(ctx, write) == nil
}

// keep writes views to the store as [Archive.keepSoon] does.
func (a *Archive) keep(ctx context.Context, wait time.Duration, views map[timeline.SeriesID]*seriesView) bool {
	if len(views) == 0 {
		return true
	}
	return a.keepSoon(ctx, wait, func(w storage.Writer) error {
		for _, id := range sortedKeys(views) {
			if err := putView(w, id, views[id]); err != nil {
				return err
			}
		}
		return nil
	})
}

// putView keeps a view in place of an earlier one.
func putView(w storage.Writer, id timeline.SeriesID, v *seriesView) error {
	for _, name := range keptNames(w, id) {
		if err := w.PutNote(storage.Note{Kind: kindName, Key: nameKey(name, id)}); err != nil {
			return err
		}
	}
	for _, name := range v.names() {
		if err := w.PutNote(storage.Note{Kind: kindName, Key: nameKey(name, id), Value: []byte(v.digest)}); err != nil {
			return err
		}
	}
	topics, err := json.Marshal(v.topics)
	if err != nil {
		return err
	}
	count := binary.AppendUvarint(nil, uint64(len(v.topics)))
	return errors.Join(keepUnder(w, kindView, id, v.digest, count), keepUnder(w, kindTopics, id, v.digest, topics),
		keepUnder(w, kindLabels, id, v.digest, v.writeLabels()))
}

// keptNames are the names in the view that is kept, whether it holds or not.
func keptNames(r storage.Reader, id timeline.SeriesID) []string {
	b, err := r.Note(kindTopics, string(id))
	v := &seriesView{}
	if err != nil || len(b) < digestSize || json.Unmarshal(b[digestSize:], &v.topics) != nil {
		return nil
	}
	return v.names()
}

// names are the names of the topics, each once.
func (v *seriesView) names() []string {
	var out []string
	for _, t := range v.topics {
		out = append(out, t.NameKeys()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func nameKey(name string, id timeline.SeriesID) string { return name + "\x00" + string(id) }
