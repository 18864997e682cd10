package archive

import (
	"errors"
	"reflect"
	"slices"

	"readout/storage"
)

// A change of some bytes, their captures or readings can reach only what is tied to
// them, before or after the change: the releases that share a key of identity with
// them, directly or by way of others, and of the rest the ids of those that want the
// same id. Two kinds of note lead there: under every tie the bytes that have it, and
// under every base the claims to it. The same functions as over everything run on
// what is reached.

const (
	kindTie   = "tie"   // tie, then hash of bytes -> nothing
	kindTied  = "tied"  // hash of bytes -> bond
	kindClaim = "claim" // claimKey -> holding
)

// reach is what a change reaches.
type reach struct {
	r        storage.Reader
	w        storage.Writer // nil where it is only looked
	captures map[storage.Hash][]storage.Capture
	readings map[storage.ReadingKey]*storage.Reading
	bonds    map[storage.Hash]bond // as they were
	ties     map[storage.Hash][]string
}

func newReach(r storage.Reader) *reach {
	return &reach{r: r, captures: map[storage.Hash][]storage.Capture{}, readings: map[storage.ReadingKey]*storage.Reading{},
		bonds: map[storage.Hash]bond{}, ties: map[storage.Hash][]string{}}
}

// recatalogue makes the catalogue agree with the captures and readings, after those of
// some bytes have changed. Only what differs is written.
func recatalogue(w storage.Writer, touched []storage.Hash) error {
	r := newReach(w)
	r.w = w
	if err := r.close(touched); err != nil {
		return err
	}
	seen, err := sightings(r.captures, r.readings)
	if err != nil {
		return err
	}
	entries, claims := releases(seen)
	old, err := r.old()
	if err != nil {
		return err
	}
	if err := r.rename(old, entries, claims); err != nil {
		return err
	}
	return r.rebind(entries)
}

// close collects all bytes that are tied to the touched ones.
func (r *reach) close(touched []storage.Hash) error {
	queue := slices.Clone(touched)
	followed, seen := map[string]bool{}, map[storage.Hash]bool{}
	for len(queue) > 0 {
		h := queue[0]
		queue = queue[1:]
		if seen[h] {
			continue
		}
		seen[h] = true
		if err := r.take(h); err != nil {
			return err
		}
		for _, tie := range slices.Concat(r.bonds[h].ties, r.ties[h]) {
			if followed[tie] {
				continue
			}
			followed[tie] = true
			for n, err := range r.r.Notes(kindTie, tie) {
				if err != nil {
					return err
				}
				queue = append(queue, storage.Hash([]byte(n.Key[len(tie):])))
			}
		}
	}
	return nil
}

// take reads what is kept of some bytes, and what is noted of them, unless it was read.
func (r *reach) take(h storage.Hash) error {
	if _, ok := r.captures[h]; ok {
		return nil
	}
	rows, err := collect(r.r.CapturesOf(h))
	if err != nil {
		return err
	}
	r.captures[h] = rows
	strands, err := strandsOf(rows)
	if err != nil {
		return err
	}
	for _, s := range strands {
		reading, err := r.r.Outline(s.key)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		} else if err != nil {
			return err
		}
		r.readings[s.key] = reading
	}
	if r.ties[h], err = tiesOf(rows, r.readings); err != nil {
		return err
	}
	r.bonds[h], err = bondOf(r.r, h)
	return err
}

// tiesOf names the ties of some bytes, in order.
func tiesOf(rows []storage.Capture, readings map[storage.ReadingKey]*storage.Reading) ([]string, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	seen, err := sightings(map[storage.Hash][]storage.Capture{rows[0].SHA256: rows}, readings)
	var out []string
	for _, s := range seen {
		for _, tie := range s.ties() {
			out = append(out, tieName(tie))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), err
}

func bondOf(r storage.Reader, h storage.Hash) (bond, error) {
	v, err := r.Note(kindTied, string(h[:]))
	if errors.Is(err, storage.ErrNotFound) {
		return bond{}, nil
	}
	if err != nil {
		return bond{}, err
	}
	return decodeBond(v)
}

// old returns the releases that the bytes belonged to, by their claims.
func (r *reach) old() (map[claimKey]*storage.Entry, error) {
	out := map[claimKey]*storage.Entry{}
	for _, b := range r.bonds {
		for _, k := range b.claims {
			if out[k] != nil {
				continue
			}
			h, err := holdingOf(r.w, k)
			if errors.Is(err, storage.ErrNotFound) {
				continue
			} else if err != nil {
				return nil, err
			}
			e, err := r.w.Entry(h.id)
			if errors.Is(err, storage.ErrDamaged) {
				e, err = &storage.Entry{ID: h.id, Base: k.base()}, nil // it is made again
			}
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return nil, err
			}
			if e != nil {
				out[k] = e
			}
		}
	}
	return out, nil
}

func holdingOf(r storage.Reader, k claimKey) (holding, error) {
	v, err := r.Note(kindClaim, string(k))
	if err != nil {
		return holding{}, err
	}
	return decodeHolding(k, v)
}

func (r *reach) hold(k claimKey, h holding) error {
	return r.w.PutNote(storage.Note{Kind: kindClaim, Key: string(k), Value: h.encode(k)})
}

// rename gives the releases their ids, and with them those of other releases that want
// the same, and writes what differs from before.
func (r *reach) rename(old map[claimKey]*storage.Entry, entries []*storage.Entry, claims []claim) error {
	bases := map[string]bool{}
	for k := range old {
		for _, b := range rivals(k.base()) {
			bases[b] = true
		}
		if err := r.w.PutNote(storage.Note{Kind: kindClaim, Key: string(k)}); err != nil {
			return err
		}
	}
	fresh := map[claimKey]*storage.Entry{}
	for i, c := range claims {
		for _, b := range rivals(c.base) {
			bases[b] = true
		}
		fresh[c.key()] = entries[i]
		if err := r.hold(c.key(), holding{fixed: c.fixed}); err != nil {
			return err
		}
	}
	for _, base := range sortedKeys(bases) {
		if err := r.nameAll(base, old, fresh); err != nil {
			return err
		}
	}
	return r.write(old, fresh)
}

// nameAll names the releases that want one id. A release that was not reached joins
// old and fresh where it is called otherwise than before.
func (r *reach) nameAll(base string, old, fresh map[claimKey]*storage.Entry) error {
	all, held, err := claimsTo(r.w, base)
	if err != nil {
		return err
	}
	ids, err := named(r.r, all)
	if err != nil {
		return err
	}
	for i, id := range ids {
		k := all[i].key()
		e := fresh[k]
		if e == nil && held[i].id == id {
			continue // not reached, and called as before
		}
		if e == nil {
			before, err := r.w.Entry(held[i].id)
			if err != nil {
				return err
			}
			again := *before
			e = &again
			old[k], fresh[k] = before, e
		}
		e.ID, e.Head.ID = id, id
		if err := r.hold(k, holding{id: id, fixed: all[i].fixed}); err != nil {
			return err
		}
	}
	return nil
}

// named returns the ids of all releases that want one.
func named(r storage.Reader, all []claim) ([]string, error) {
	var failed error // of taken
	ids := names(all, func(id string) bool {
		others, _, err := claimsTo(r, id)
		failed = errors.Join(failed, err)
		return slices.ContainsFunc(others, func(c claim) bool { return c.plain(others) })
	})
	return ids, failed
}

// claimsTo returns the claims to a base, and the ids that they have got.
func claimsTo(r storage.Reader, base string) ([]claim, []holding, error) {
	var all []claim
	var held []holding
	for n, err := range r.Notes(kindClaim, base+"\x00") {
		if err != nil {
			return nil, nil, err
		}
		k := claimKey(n.Key)
		h, err := decodeHolding(k, n.Value)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, claim{base: base, fixed: h.fixed, sum: k.sum()})
		held = append(held, h)
	}
	return all, held, nil
}

// write puts the releases in the place of those that were. All that go are taken out
// first, since an id may pass from one to another.
func (r *reach) write(old, fresh map[claimKey]*storage.Entry) error {
	same := map[claimKey]bool{}
	for _, k := range sortedKeys(old) {
		if e := fresh[k]; e != nil && reflect.DeepEqual(e, old[k]) {
			same[k] = true
			continue
		}
		if err := r.w.DeleteEntry(old[k].ID); err != nil {
			return err
		}
	}
	for _, k := range sortedKeys(fresh) {
		if same[k] {
			continue
		}
		if err := r.w.PutEntry(fresh[k]); err != nil {
			return err
		}
	}
	return nil
}

// claimsOf returns the claims of the releases that each of the bytes belongs to, in order.
func claimsOf(entries []*storage.Entry) map[storage.Hash][]claimKey {
	out := map[storage.Hash][]claimKey{}
	for _, e := range entries {
		k := claimOf(e).key()
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				h := s.Reading.SHA256()
				out[h] = append(out[h], k)
			}
		}
	}
	for h := range out {
		slices.Sort(out[h])
		out[h] = slices.Compact(out[h])
	}
	return out
}

// rebind notes anew what is tied to the bytes.
func (r *reach) rebind(entries []*storage.Entry) error {
	claims := claimsOf(entries)
	for h := range r.captures {
		if err := r.bind(h, bond{r.ties[h], claims[h]}); err != nil {
			return err
		}
	}
	return nil
}

// bind notes what is tied to some bytes.
func (r *reach) bind(h storage.Hash, b bond) error {
	if reflect.DeepEqual(b, r.bonds[h]) {
		return nil
	}
	for _, tie := range r.bonds[h].ties {
		if !slices.Contains(b.ties, tie) {
			if err := r.w.PutNote(storage.Note{Kind: kindTie, Key: tie + string(h[:])}); err != nil {
				return err
			}
		}
	}
	for _, tie := range b.ties {
		if err := r.w.PutNote(storage.Note{Kind: kindTie, Key: tie + string(h[:]), Value: []byte{}}); err != nil {
			return err
		}
	}
	note := storage.Note{Kind: kindTied, Key: string(h[:])}
	if len(b.ties) > 0 {
		note.Value = b.encode()
	}
	return r.w.PutNote(note)
}
