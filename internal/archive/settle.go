package archive

import (
	"encoding/json"
	"errors"
	"slices"

	"readout/storage"
)

// store keeps the items, brings their readings up to date and the catalogue after
// them. On another shelf it can be called again and says the same or, where others
// have written meanwhile, what is true then.
func (in *ingestion) store(w shelf, items []*item) error {
	before, err := prints(w, items)
	if err != nil {
		return err
	}
	rows := map[*item]storage.Capture{}
	for _, it := range items {
		known, err := collect(w.CapturesOf(it.hash))
		if err != nil {
			return err
		}
		row, isNew, err := in.row(it, known)
		if err != nil {
			return err
		}
		rows[it] = row
		if isNew {
			if _, err := w.AddCapture(row, it.input.Data); err != nil {
				return err
			}
		}
	}
	for _, it := range items {
		if err := in.settle(w, it, rows[it]); err != nil {
			return err
		}
	}
	entries, err := recatalogue(w)
	if err != nil {
		return err
	}
	in.judge(items, entries, before)
	return nil
}

// settle makes the readings of an item's bytes agree with its captures. What was
// read outside the lock serves unless another process said more meanwhile.
func (in *ingestion) settle(w shelf, it *item, row storage.Capture) error {
	captures, err := collect(w.CapturesOf(it.hash))
	if err != nil {
		return err
	}
	strands, err := strandsOf(captures)
	if err != nil {
		return err
	}
	res := &in.report.Results[it.result]
	res.reading = readingKey(it.hash, "")
	live := map[storage.ReadingKey]bool{}
	for _, s := range strands {
		live[s.key] = true
		reading, err := in.archive.refresh(w, s, it)
		if err != nil {
			return err
		}
		identity, err := saidBy(row)
		if err != nil {
			return err
		}
		if len(strands) == 1 || readingKey(it.hash, identity.identity()) == s.key || slices.ContainsFunc(s.rows, func(c storage.Capture) bool { return compareCaptures(c, row) == 0 }) {
			var f facts
			if err := json.Unmarshal(reading.Facts, &f); err != nil {
				return err
			}
			res.reading, res.print, res.Statements = s.key, f.Print, f.Count
			res.Warnings = warnings(reading.Release)
		}
	}
	if old := readingKey(it.hash, ""); !live[old] {
		return w.DeleteReading(old)
	}
	return nil
}

// refresh returns the reading of a strand, making it where it is missing or was
// made from other rules or statements of the user.
func (a *Archive) refresh(w shelf, s *strand, it *item) (*storage.Reading, error) {
	old, err := w.Reading(s.key)
	if err == nil {
		var f facts
		if err := json.Unmarshal(old.Facts, &f); err == nil && f.Inputs == a.inputs(s) {
			return old, nil
		}
	} else if !errors.Is(err, storage.ErrNotFound) {
		return nil, err
	}
	fresh := it.reading
	if fresh == nil || fresh.Key != s.key || it.inputs != a.inputs(s) {
		if fresh, err = a.read(s, it.input.Data); err != nil {
			return nil, err
		}
	}
	return fresh, w.PutReading(fresh, terms(fresh.Release))
}

// kept are the fingerprints of the readings of some bytes.
type kept map[storage.ReadingKey]string

// prints returns the text fingerprints kept of the bytes of each item.
func prints(w shelf, items []*item) (map[storage.Hash]kept, error) {
	out := map[storage.Hash]kept{}
	for _, it := range items {
		if out[it.hash] != nil {
			continue
		}
		out[it.hash] = kept{}
		rows, err := collect(w.CapturesOf(it.hash))
		if err != nil {
			return nil, err
		}
		strands, err := strandsOf(rows)
		if err != nil {
			return nil, err
		}
		for _, s := range strands {
			reading, err := w.Reading(s.key)
			if errors.Is(err, storage.ErrNotFound) {
				continue
			} else if err != nil {
				return nil, err
			}
			var f facts
			if err := json.Unmarshal(reading.Facts, &f); err == nil { // else it is about to be made again
				out[it.hash][s.key] = f.Print
			}
		}
	}
	return out, nil
}

// judge says what became of the items, given the fingerprints kept of their bytes
// before. Those of all other bytes are what they were.
func (in *ingestion) judge(items []*item, entries []*storage.Entry, before map[storage.Hash]kept) {
	in.final = entries
	of := byReading(entries)
	had := map[*storage.Entry]map[string]bool{}
	for _, it := range items {
		res := &in.report.Results[it.result]
		e := of[res.reading]
		if e == nil {
			in.fail(it.result, errors.New("the document was stored but is in no release"))
			continue
		}
		if had[e] == nil {
			had[e] = textsBefore(e, before)
		}
		switch {
		case len(had[e]) == 0:
			res.Status = New
		case !had[e][res.print]:
			res.Status = Revised
		default:
			res.Status = Unchanged
		}
		had[e][res.print] = true
	}
}

// textsBefore returns the fingerprints of the texts that were kept of what is a
// release now.
func textsBefore(e *storage.Entry, before map[storage.Hash]kept) map[string]bool {
	out := map[string]bool{}
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			prints, touched := before[s.Reading.SHA256()]
			if !touched {
				out[v.Fingerprint] = true
			} else if print, ok := prints[s.Reading]; ok {
				out[print] = true
			}
		}
	}
	return out
}

func byReading(entries []*storage.Entry) map[storage.ReadingKey]*storage.Entry {
	of := map[storage.ReadingKey]*storage.Entry{}
	for _, e := range entries {
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				of[s.Reading] = e
			}
		}
	}
	return of
}

// finish names the releases as they are called after the last batch: ids depend
// on all captures, so a later input can change those of earlier ones.
func (in *ingestion) finish() *IngestReport {
	of := byReading(in.final)
	for i := range in.report.Results {
		res := &in.report.Results[i]
		res.name(of)
		switch res.Status {
		case New:
			in.report.New++
		case Revised:
			in.report.Revised++
		case Unchanged:
			in.report.Unchanged++
		default:
			if res.Status == "" {
				res.Status, res.Error = Failed, "not stored"
			}
			in.report.Failed++
		}
	}
	return in.report
}

// name says which release a result is, as releases are called now, and what of it was
// not decided.
func (res *Result) name(of map[storage.ReadingKey]*storage.Entry) {
	e := of[res.reading]
	if e == nil || res.Status == Failed {
		return
	}
	res.Release, res.Series, res.Held, res.Published, res.Title = e.ID, e.Head.Series, e.Head.Held, e.Head.Published, e.Head.Title
	res.Undecided = undecided(&e.Head)
	for _, v := range e.Versions {
		if v.Fingerprint == res.print {
			res.Version = v.Number
		}
	}
}
