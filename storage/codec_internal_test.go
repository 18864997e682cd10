package storage

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"readout/timeline"
)

// FuzzTimeKey: keys sort as the times do.
func FuzzTimeKey(f *testing.F) {
	f.Add(int64(0), int64(0), int64(0), int64(1))
	f.Add(int64(-1), int64(999_999_999), int64(0), int64(0))
	f.Add(int64(-62135596801), int64(0), int64(1932000000), int64(5)) // the year 0
	f.Add(int64(math.MinInt32), int64(0), int64(math.MaxInt32), int64(0))
	f.Fuzz(func(t *testing.T, s1, n1, s2, n2 int64) {
		a, b := time.Unix(s1, n1), time.Unix(s2, n2)
		ka, kb := appendTime(nil, a), appendTime(nil, b)
		if len(ka) != timeSize {
			t.Fatalf("key of %d bytes", len(ka))
		}
		if got, want := bytes.Compare(ka, kb), cmp.Or(cmp.Compare(a.Unix(), b.Unix()), cmp.Compare(a.Nanosecond(), b.Nanosecond())); got != want {
			t.Errorf("keys of %v and %v compare %d, want %d", a, b, got, want)
		}
		zoned := appendTime(nil, a.In(time.FixedZone("", 3600)))
		if !bytes.Equal(zoned, ka) {
			t.Errorf("the key of %v depends on the zone", a)
		}
	})
}

// FuzzNumberKeys: keys sort as the numbers do.
func FuzzNumberKeys(f *testing.F) {
	f.Add(uint64(1), uint64(256))
	f.Add(uint64(math.MaxUint32), uint64(math.MaxUint32+1))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		if got, want := bytes.Compare(seqKey(a), seqKey(b)), cmp.Compare(a, b); got != want {
			t.Errorf("seqKey: %d and %d compare %d", a, b, got)
		}
		x, y := uint32(a), uint32(b)
		if got, want := bytes.Compare(numKey(x), numKey(y)), cmp.Compare(x, y); got != want {
			t.Errorf("numKey: %d and %d compare %d", x, y, got)
		}
	})
}

// FuzzDayKey: keys sort by series, then day, then id, and the series is a prefix
// that no other series shares.
func FuzzDayKey(f *testing.F) {
	f.Add("AA-BB", 2031, 1, "a", "AA-BB", 0, 2, "b")
	f.Add("AA-BB", 2031, 1, "a", "AA-BB-CC", 2030, 1, "a")
	f.Add("A", 999, 1, "", "A", 1000, 1, "x\x00y")
	f.Fuzz(func(t *testing.T, s1 string, y1, d1 int, i1, s2 string, y2, d2 int, i2 string) {
		if bytes.ContainsRune([]byte(s1+s2), 0) {
			t.Skip("PutEntry refuses such a series")
		}
		day := func(y, d int) timeline.Date {
			date, _ := timeline.NewDate(y, time.January, d) // not known where there is no such day
			return date
		}
		a, b := day(y1, d1), day(y2, d2)
		want := cmp.Or(cmp.Compare(s1, s2), a.Compare(b), cmp.Compare(i1, i2))
		if got := bytes.Compare(dayKey(timeline.SeriesID(s1), a, i1), dayKey(timeline.SeriesID(s2), b, i2)); got != want {
			t.Errorf("keys of (%q %v %q) and (%q %v %q) compare %d, want %d", s1, a, i1, s2, b, i2, got, want)
		}
	})
}

// FuzzTermKey: different terms have different keys, and no key is too long or empty.
func FuzzTermKey(f *testing.F) {
	f.Add("", "a", 1)
	f.Add("a", "b", 300)
	f.Add("long", "longer", 1000)
	f.Fuzz(func(t *testing.T, a, b string, repeat int) {
		n := min(max(repeat, 0), 1000)
		a, b = a+string(bytes.Repeat([]byte(a), n)), b+string(bytes.Repeat([]byte(a), n))
		ka, kb := termKey(a), termKey(b)
		if len(ka) == 0 || len(ka) > maxTerm+1 {
			t.Errorf("key of %d bytes", len(ka))
		}
		if bytes.Equal(ka, kb) != (a == b) {
			t.Errorf("keys of %.40q and %.40q: %x and %x", a, b, ka, kb)
		}
	})
}

// FuzzRecord: what was sealed comes back under the same key, and under no other.
func FuzzRecord(f *testing.F) {
	f.Add([]byte("key"), []byte("payload"), []byte("other"), 0)
	f.Add([]byte{}, []byte{}, []byte{0}, 3)
	f.Fuzz(func(t *testing.T, key, payload, other []byte, bit int) {
		record := seal(key, payload)
		got, err := checked("b", key, record)
		if err != nil || !bytes.Equal(got, payload) {
			t.Fatalf("checked = %q, %v", got, err)
		}
		if len(other) == len(key) && !bytes.Equal(other, key) && len(key) <= 4 {
			if _, err := checked("b", other, record); !errors.Is(err, ErrDamaged) {
				t.Errorf("the record of %q is good under %q", key, other)
			}
		}
		n := min(max(bit, 0), 8*len(record)-1)
		record[n/8] ^= 1 << (n % 8)
		if _, err := checked("b", key, record); !errors.Is(err, ErrDamaged) {
			t.Errorf("bit %d flipped: %v", n, err)
		}
	})
}

// FuzzPostings: any bytes give an error or a list that is written back as it was read.
func FuzzPostings(f *testing.F) {
	lists := map[string]*growingList{}
	addPostings(lists, 1, [][]string{{"a", "b", "a"}, nil, {"a"}})
	addPostings(lists, 300, [][]string{{"c"}, {"a"}})
	for _, l := range lists {
		f.Add(l.finish())
	}
	f.Add([]byte{1, 0, 0})
	f.Add(binary.AppendUvarint([]byte{1, 0}, math.MaxUint64))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := scanPostings(nil, b, nil)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("error %v is not ErrDamaged", err)
			}
			return
		}
		again := postingList{}
		for _, p := range list {
			if positions := p.Positions(); len(positions) == 0 || !slices.IsSorted(positions) {
				t.Errorf("positions %v", positions)
			}
			again.add(p)
		}
		relist, err := scanPostings(nil, again.bytes, nil)
		if err != nil || !slices.EqualFunc(list, relist, func(a, b Posting) bool {
			return a.Number == b.Number && a.Statement == b.Statement && bytes.Equal(a.positions, b.positions)
		}) {
			t.Errorf("%v was written and read as %v, %v", list, relist, err)
		}
	})
}

// FuzzBlock: any bytes give an error or terms in a block that is written back.
func FuzzBlock(f *testing.F) {
	f.Add([]byte{0, 2, 't', 'a', 1, 9, 1, 1, 'b', 0})
	f.Add([]byte{1, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		lists, err := scanBlock(b)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("error %v is not ErrDamaged", err)
			}
			return
		}
		size := 0
		for _, l := range lists {
			size += len(l.bytes)
		}
		if size > len(b) {
			t.Errorf("lists of %d bytes out of %d", size, len(b))
		}
	})
}

func TestCaptureKeyOrder(t *testing.T) {
	at := time.Date(2031, 3, 2, 10, 0, 0, 0, time.UTC)
	rows := []Capture{ // in order
		{SHA256: Hash{1}, CapturedAt: at.AddDate(-2031, 0, 0)},
		{SHA256: Hash{1}, CapturedAt: at.AddDate(-70, 0, 0)},
		{SHA256: Hash{1}, CapturedAt: at},
		{SHA256: Hash{1}, CapturedAt: at.Add(1)},
		{SHA256: Hash{1, 1}, CapturedAt: at.AddDate(-100, 0, 0)},
	}
	var last []byte
	for i, row := range rows {
		key, _, err := captureKey(row)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Compare(last, key) >= 0 {
			t.Errorf("row %d does not sort after the one before", i)
		}
		last = key
	}
	a, _, _ := captureKey(Capture{CapturedAt: at, Name: "a"})
	b, _, _ := captureKey(Capture{CapturedAt: at, Name: "b"})
	if bytes.Equal(a, b) {
		t.Error("rows that differ in what was said share a key")
	}
	if _, _, err := captureKey(Capture{CapturedAt: at.AddDate(9000, 0, 0)}); err == nil {
		t.Error("the year 11031 has a key")
	}
}

func TestHash(t *testing.T) {
	h := HashOf([]byte("x"))
	if got, err := ParseHash(h.String()); err != nil || got != h {
		t.Errorf("ParseHash(%s) = %s, %v", h, got, err)
	}
	for _, s := range []string{"", "00", h.String() + "00", "x" + h.String()[1:]} {
		if _, err := ParseHash(s); err == nil {
			t.Errorf("ParseHash(%q): no error", s)
		}
	}
	var k, got ReadingKey
	copy(k[:], h[:])
	k[39] = 7
	b, _ := k.MarshalText()
	if err := got.UnmarshalText(b); err != nil || got != k || got.SHA256() != h {
		t.Errorf("ReadingKey %s came back as %s, %v", k, got, err)
	}
	if err := got.UnmarshalText(b[2:]); err == nil {
		t.Error("a short ReadingKey: no error")
	}
}
