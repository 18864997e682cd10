package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"readout/internal/ask"
	"readout/storage"
	"readout/timeline"
)

// The timeline of a topic through a long series is a view as well. It is kept in pieces beside its
// outline, so that a question reads the entries that it shows and no release of the series.

const kindTimeline = "timeline" // series, 0, topic -> digest, outline; series, 0, topic, 0, piece -> digest, the piece

const (
	// LongTimeline is from how many entries on a timeline is kept: a shorter one is laid out anew
	// as soon as it is read.
	LongTimeline = 64
	pieceSize    = 64 // entries or meetings of a piece
)

// KeptTimeline returns the timeline of the topic of a series that the query names, cut to the days of
// the filter and to its last entries, all where last is 0. It returns nil where none is kept of the
// series as it stands, where no topic is of that very name, and where the filter asks for what
// only the releases can tell.
func (a *Archive) KeptTimeline(ctx context.Context, id timeline.SeriesID, query string, f timeline.Filter, last int) *ask.Timeline {
	var out *ask.Timeline
	err := a.view(ctx, func(r storage.Reader) error {
		row, err := r.SeriesRow(id)
		if err != nil {
			return err
		}
		digest, err := a.viewDigest(r, row)
		if err != nil {
			return err
		}
		var all []timeline.Topic
		if b, ok := keptUnder(r, kindTopics, id, digest); !ok || json.Unmarshal(b, &all) != nil {
			return nil
		}
		topics := timeline.Kept(nil, all, nil)
		if len(topics.Named(query)) == 0 {
			return nil
		}
		k := shelf{r, id, topics.Find(query)[0].Topic.ID, digest}
		outline := &ask.Outline{}
		if !k.read("", outline) {
			return nil
		}
		entries, meetings, ok := outline.Cut(f, last)
		if !ok {
			return nil
		}
		t := outline.Head
		if t.Entries, ok = pieces[ask.TimelineEntry](k, "entries", entries); !ok {
			return nil
		}
		if t.Meetings, ok = pieces[ask.TimelineMeeting](k, "meetings", meetings); ok {
			out = &t
		}
		return nil
	})
	if err != nil {
		return nil // whoever asks the releases is told what is wrong
	}
	return out
}

// KeepTimeline keeps the timeline of a topic, made of a thread without any filter, where it is long
// and the store can be written to at once.
func (a *Archive) KeepTimeline(ctx context.Context, s *Series, th *ask.Thread, t *ask.Timeline) {
	if s.digest == "" || len(t.Entries) < LongTimeline {
		return
	}
	// What is not kept is laid out again.
	a.keepSoon(ctx, keepWait, func(w storage.Writer) error {
		k := shelf{w, s.ID, t.Topic.ID, s.digest}
		if err := k.write(w, "", ask.NewOutline(th, t)); err != nil {
			return err
		}
		if err := writePieces(k, w, "entries", t.Entries); err != nil {
			return err
		}
		return writePieces(k, w, "meetings", t.Meetings)
	})
}

// shelf is where the timeline of a topic is kept.
type shelf struct {
	r      storage.Reader
	series timeline.SeriesID
	topic  string
	digest string
}

func (k shelf) key(piece string) timeline.SeriesID {
	key := k.series + "\x00" + timeline.SeriesID(k.topic)
	if piece != "" {
		key += "\x00" + timeline.SeriesID(piece)
	}
	return key
}

// read reads a piece, or the outline, and reports whether it is kept and holds.
func (k shelf) read(piece string, into any) bool {
	b, ok := keptUnder(k.r, kindTimeline, k.key(piece), k.digest)
	return ok && decodeView(b, into) == nil
}

func (k shelf) write(w storage.Writer, piece string, x any) error {
	b, err := encodeView(x)
	if err != nil {
		return err
	}
	return keepUnder(w, kindTimeline, k.key(piece), k.digest, b)
}

func pieceName(of string, n int) string { return fmt.Sprintf("%s %06d", of, n) }

// pieces reads the elements at the given places, which ascend.
func pieces[T any](k shelf, of string, places []int) ([]T, bool) {
	out := make([]T, 0, len(places))
	var piece []T
	for i, at := range places {
		if n := at / pieceSize; i == 0 || n != places[i-1]/pieceSize {
			piece = nil
			if !k.read(pieceName(of, n), &piece) {
				return nil, false
			}
		}
		if at%pieceSize >= len(piece) {
			return nil, false
		}
		out = append(out, piece[at%pieceSize])
	}
	return out, true
}

// writePieces writes all elements.
func writePieces[T any](k shelf, w storage.Writer, of string, all []T) error {
	for n := 0; n*pieceSize < len(all); n++ {
		piece := all[n*pieceSize : min(len(all), (n+1)*pieceSize)]
		if err := k.write(w, pieceName(of, n), piece); err != nil {
			return err
		}
	}
	return nil
}

// viewCodec writes and reads views as CBOR (RFC 8949), which keeps a list that is empty and one that
// is not there apart. Fields that are no part of the JSON have a name of their own in it.
var viewCodec = sync.OnceValues(func() (cbor.EncMode, cbor.DecMode) {
	enc, err := cbor.EncOptions{TextMarshaler: cbor.TextMarshalerTextString}.EncMode()
	dec, err2 := cbor.DecOptions{TextUnmarshaler: cbor.TextUnmarshalerTextString}.DecMode()
	if err != nil || err2 != nil {
		panic("options of our own that are not valid") // no input leads here
	}
	return enc, dec
})

func encodeView(x any) ([]byte, error) {
	enc, _ := viewCodec()
	return enc.Marshal(x)
}

func decodeView(b []byte, into any) error {
	_, dec := viewCodec()
	return dec.Unmarshal(b, into)
}
