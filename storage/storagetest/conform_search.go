package storagetest

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"readout/storage"
)

func postings(t *testing.T, s Store) {
	a, b := Samples(2, 2, 1)[0].Reading, Samples(2, 2, 1)[1].Reading
	if bytes.Compare(a.Key[:], b.Key[:]) > 0 {
		a, b = b, a
	}
	put := func(r *storage.Reading, terms ...[]string) {
		Update(t, s, func(w storage.Writer) error { return w.PutReading(r, terms) })
	}
	want := func(term string, list ...Posting) {
		t.Helper()
		View(t, s, func(r storage.Reader) error {
			got, err := postingsOf(r, term)
			equal(t, "postings of "+term, orNil(got), list)
			return err
		})
	}
	put(b, []string{"x", "y", "x"}, nil, []string{"y"})
	put(a, []string{"y", "xy"})
	want("x", Posting{Reading: b.Key, Statement: 0, Positions: []int{0, 2}})
	want("y", Posting{Reading: a.Key, Statement: 0, Positions: []int{0}},
		Posting{Reading: b.Key, Statement: 0, Positions: []int{1}}, Posting{Reading: b.Key, Statement: 2, Positions: []int{0}})
	put(b, []string{"z"})
	want("x")
	want("y", Posting{Reading: a.Key, Statement: 0, Positions: []int{0}})
	want("z", Posting{Reading: b.Key, Statement: 0, Positions: []int{0}})
	Update(t, s, func(w storage.Writer) error { return w.DeleteReading(a.Key) })
	want("y")
}

// oddTerms has terms that a key could be too short for or take apart.
func oddTerms(t *testing.T, s Store) {
	long := strings.Repeat("長", 30_000)
	terms := []string{"", "\x00", "a\x00b", "a", long, long + "x", long[:300], "\xff\xff"}
	r := Samples(1, 1, 1)[0].Reading
	Update(t, s, func(w storage.Writer) error { return w.PutReading(r, [][]string{terms}) })
	View(t, s, func(reader storage.Reader) error {
		for i, term := range terms {
			got, err := postingsOf(reader, term)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprintf("postings of %.20q", term), got, []Posting{{Reading: r.Key, Positions: []int{i}}})
		}
		return nil
	})
}

// postingsModel puts, replaces and deletes readings at random in many transactions,
// so that an engine that merges its lists has to, and compares with a simple model.
func postingsModel(t *testing.T, s Store) {
	rng := rand.New(rand.NewPCG(3, 3))
	samples := Samples(30, 1, 1)
	model := map[storage.ReadingKey][][]string{}
	for range 60 {
		Update(t, s, func(w storage.Writer) error {
			for range 1 + rng.IntN(12) {
				r := samples[rng.IntN(len(samples))].Reading
				if rng.IntN(4) == 0 {
					delete(model, r.Key)
					if err := w.DeleteReading(r.Key); err != nil {
						return err
					}
					continue
				}
				model[r.Key] = randomTerms(rng)
				if err := w.PutReading(r, model[r.Key]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	View(t, s, func(r storage.Reader) error {
		for _, term := range letters {
			got, err := postingsOf(r, term)
			if err != nil {
				return err
			}
			equal(t, "postings of "+term, orNil(got), modelPostings(model, term))
		}
		return nil
	})
}

var letters = strings.Split("abcdefghij", "")

func randomTerms(rng *rand.Rand) [][]string {
	statements := make([][]string, rng.IntN(4))
	for i := range statements {
		for range rng.IntN(8) {
			statements[i] = append(statements[i], letters[rng.IntN(len(letters))])
		}
	}
	return statements
}

func modelPostings(model map[storage.ReadingKey][][]string, term string) (out []Posting) {
	for key, statements := range model {
		for s, terms := range statements {
			var at []int
			for i, have := range terms {
				if have == term {
					at = append(at, i)
				}
			}
			if at != nil {
				out = append(out, Posting{Reading: key, Statement: s, Positions: at})
			}
		}
	}
	slices.SortFunc(out, func(a, b Posting) int {
		return cmp.Or(bytes.Compare(a.Reading[:], b.Reading[:]), cmp.Compare(a.Statement, b.Statement))
	})
	return out
}

// orNil makes no list out of an empty one: an engine may return either.
func orNil(list []Posting) []Posting {
	if len(list) == 0 {
		return nil
	}
	return list
}
