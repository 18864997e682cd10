package archive

import (
	"context"
	"slices"
	"strings"
	"testing"

	"readout/storage"
)

// Check finds what is wrong with the catalogue, whatever it is.
func TestCheckFindsACatalogueThatIsWrong(t *testing.T) {
	ctx := context.Background()
	const id = "2031-04-28-no-uy-meeting"
	for name, c := range map[string]struct {
		spoil func(storage.Writer, *storage.Entry) error
		want  string
	}{
		"nothing":     {func(storage.Writer, *storage.Entry) error { return nil }, ""},
		"it is gone":  {func(w storage.Writer, e *storage.Entry) error { return w.DeleteEntry(e.ID) }, "release " + id + " is missing from the catalogue"},
		"another one": {func(w storage.Writer, e *storage.Entry) error { e.Head.Title = "Talks"; return w.PutEntry(e) }, "release " + id + " stands wrongly in the catalogue"},
		"one too many": {func(w storage.Writer, e *storage.Entry) error {
			e.ID, e.Identity, e.Head.ID = "stray", "id stray", "stray"
			return w.PutEntry(e)
		}, "release stray is in the catalogue without a capture"},
		"no tie":           {func(w storage.Writer, _ *storage.Entry) error { return forgetFirst(w, kindTie) }, "the bytes of 2031-"},
		"no tie, in words": {func(w storage.Writer, _ *storage.Entry) error { return forgetFirst(w, kindTie) }, "are not noted under what ties them to others"},
		"a tie too many": {func(w storage.Writer, e *storage.Entry) error {
			h := e.Versions[0].Reading.SHA256()
			return w.PutNote(storage.Note{Kind: kindTie, Key: "12345678" + string(h[:]), Value: []byte{}})
		}, "some bytes are noted under what does not tie them to others"},
		"no bond":  {func(w storage.Writer, _ *storage.Entry) error { return forgetFirst(w, kindTied) }, "are not noted under what ties them to others"},
		"no claim": {func(w storage.Writer, _ *storage.Entry) error { return forgetFirst(w, kindClaim) }, "is not noted beside those that want the id"},
		"the name of another": {func(w storage.Writer, e *storage.Entry) error {
			k := claimOf(e).key()
			return w.PutNote(storage.Note{Kind: kindClaim, Key: string(k), Value: holding{id: e.ID + "-0000"}.encode(k)})
		}, "release " + id + "-0000 ought to be called " + id},
	} {
		a := grown(t, 6)
		err := a.db.Update(ctx, func(w storage.Writer) error {
			e, err := w.Entry(id)
			if err != nil {
				return err
			}
			return c.spoil(w, e)
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var found []string
		err = a.db.View(ctx, func(r storage.Reader) error {
			au := &audit{ctx: ctx, r: r}
			err := au.run()
			found = au.found
			return err
		})
		says := slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, c.want) })
		if err != nil || says != (c.want != "") || c.want == "" && len(found) > 0 {
			t.Errorf("%s: found %q, %v, want %q", name, found, err, c.want)
		}
	}
}

// forgetFirst removes the first note of a kind.
func forgetFirst(w storage.Writer, kind string) error {
	for n, err := range w.Notes(kind, "") {
		if err != nil {
			return err
		}
		return w.PutNote(storage.Note{Kind: kind, Key: n.Key})
	}
	return nil
}
