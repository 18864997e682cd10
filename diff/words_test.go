package diff_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"readout/diff"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/google/go-cmp/cmp"
)

// wdiff writes edits as [-deleted-] and {+inserted+}.
func wdiff(edits []diff.Edit) string {
	var b strings.Builder
	for _, e := range edits {
		switch {
		case e.Case && e.Op == diff.Delete:
			b.WriteString("[~" + e.Text + "~]")
		case e.Case:
			b.WriteString("{~" + e.Text + "~}")
		case e.Op == diff.Delete:
			b.WriteString("[-" + e.Text + "-]")
		case e.Op == diff.Insert:
			b.WriteString("{+" + e.Text + "+}")
		default:
			b.WriteString(e.Text)
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	tests := []struct{ old, new, want string }{
		{"", "", ""},
		{"The ministers met.", "The ministers met.", "The ministers met."},
		{"", "They met.", "{+They met.+}"},
		{"The two ministers agreed to meet.", "The two ministers shared the view to meet.", "The two ministers [-agreed-]{+shared the view+} to meet."},
		{"Aid of $1.08 billion was pledged.", "Aid of $1.2 billion was pledged.", "Aid of [-$1.08 billion-]{+$1.2 billion+} was pledged."},
		{"Talks will resume in May.", "Talks may resume in May.", "Talks [-will-]{+may+} resume in May."},
		{"The U.S.-Vexan alliance endures.", "The U.S. alliance endures.", "The [-U.S.-Vexan-]{+U.S.+} alliance endures."},
		{"両大臣は会談した。", "両首相は会談した。", "両[-大臣-]{+首相+}は会談した。"},
		{"Министры обсудили рыболовство и торговлю.", "Министры обсудили торговлю.", "Министры обсудили [-рыболовство и -]торговлю."},
		{"They divided the costs at an early date.", "They divided the costs on an equal footing.", "They divided the costs [-at-]{+on+} an [-early date-]{+equal footing+}."},
		{"They spoke of ports, roads and mines.", "They spoke of ports, quays, roads and mines.", "They spoke of ports, {+quays, +}roads and mines."},
		// A word that a sentence begins with is the same word, unless it is a name.
		{"The ministers met. In May they agreed on ports.", "In Oslo the ministers met. They agreed on ports.", "{+In Oslo +}[~The~]{~the~} ministers met. [-In May -][~they~]{~They~} agreed on ports."},
		{"Pole stars guide ships; the Pole is cold.", "They say that pole stars guide ships; the Pole is cold.", "[-Pole-]{+They say that pole+} stars guide ships; the Pole is cold."},
		{"One fish swims.", "Seven kites fly high above towers", "[-One fish swims.-]{+Seven kites fly high above towers+}"},
	}
	for _, tt := range tests {
		if got := wdiff(diff.Words(tt.old, tt.new)); got != tt.want {
			t.Errorf("Words(%q, %q)\n got %s\nwant %s", tt.old, tt.new, got, tt.want)
		}
	}
}

// FuzzWords states the laws of [diff.Words].
func FuzzWords(f *testing.F) {
	for _, s := range [][2]string{
		{"The two ministers agreed.", "The ministers agreed, too."},
		{"Министры обсудили торговлю.", "Министры не обсуждали торговлю."},
		{"両大臣は会談した。", "両首相は１２日に会談した。"},
		{"اتفق الوزيران على اللقاء", "اتفق الوزيران على عدم اللقاء"},
		{"น้ำ ทำ", "น้ำทำไม"},
		{"👩‍👩‍👧 met 🇯🇵", "👩‍👧 met 🇷🇺"},
		{"e\u0301te\u0301 \u0301x", "ete\u0301 x"},
		{"a\r\nb", "a\nb"},
		{"  a  b ", "a b  "},
		{"x \u0600 y", "x y"},
		{"على b", "\u0605 اللقاء"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, old, new string) {
		edits := diff.Words(old, new)
		a, b := rebuild(edits)
		if a != old || b != new {
			t.Fatalf("Words(%q, %q) rebuilds %q and %q", old, new, a, b)
		}
		if old == new && len(edits) > 1 {
			t.Fatalf("Words(%q, same) = %+v", old, edits)
		}
		if d := cmp.Diff(byOp(edits), byOp(mirror(diff.Words(new, old)))); d != "" {
			t.Fatalf("swapped sides differ for %q, %q:\n%s", old, new, d)
		}
		checkUncut(t, old, edits, diff.Insert)
		checkUncut(t, new, edits, diff.Delete)
	})
}

// mirror exchanges insertions and deletions.
func mirror(edits []diff.Edit) []diff.Edit {
	out := make([]diff.Edit, len(edits))
	for i, e := range edits {
		switch e.Op {
		case diff.Delete:
			e.Op = diff.Insert
		case diff.Insert:
			e.Op = diff.Delete
		}
		out[i] = e
	}
	return out
}

// rebuild joins the pieces of either side.
func rebuild(edits []diff.Edit) (old, new string) {
	var a, b strings.Builder
	for _, e := range edits {
		if e.Op != diff.Insert {
			a.WriteString(e.Text)
		}
		if e.Op != diff.Delete {
			b.WriteString(e.Text)
		}
	}
	return a.String(), b.String()
}

// byOp separates the texts of equal, deleted and inserted pieces.
func byOp(edits []diff.Edit) map[diff.Op][]string {
	out := make(map[diff.Op][]string)
	for _, e := range edits {
		out[e.Op] = append(out[e.Op], e.Text)
	}
	return out
}

// checkUncut fails where an edit begins or ends inside a grapheme cluster or a word
// of space-separated letters. Broken UTF-8 has no clusters.
func checkUncut(t *testing.T, text string, edits []diff.Edit, skip diff.Op) {
	t.Helper()
	if !utf8.ValidString(text) {
		return
	}
	whole := map[int]bool{0: true} // where clusters end
	for clusters := graphemes.FromString(text); clusters.Next(); {
		whole[clusters.End()] = true
	}
	at := 0
	for i, e := range edits {
		if e.Op == skip {
			continue
		}
		at += len(e.Text)
		next := i + 1
		for next < len(edits) && edits[next].Op == skip {
			next++
		}
		if next >= len(edits) || edits[next].Op == e.Op {
			continue
		}
		l, _ := utf8.DecodeLastRuneInString(text[:at])
		r, _ := utf8.DecodeRuneInString(text[at:])
		if cased(l) && cased(r) || !whole[at] {
			t.Fatalf("edit cuts %q at byte %d: %+v", text, at, edits)
		}
	}
}

// cased reports whether r is a letter of a script that writes words apart.
func cased(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Arabic) && unicode.IsLetter(r)
}
