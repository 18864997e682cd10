package speech

import (
	"strings"

	"readout/internal/letters"
)

// fold writes a name in lower-case ASCII letters where its letters have plain
// counterparts: "Þórey" and "Thorey" fold alike.
func fold(s string) string { return letters.Bare(s) }

// skeleton reduces a folded name to what different romanisations have in common:
// "Paik" and "Baek", "Chung" and "Jeong". Two names with one skeleton are one
// name only where nothing speaks against it.
func skeleton(folded string) string {
	for _, d := range digraphs() {
		folded = strings.ReplaceAll(folded, d[0], d[1])
	}
	var b strings.Builder
	var last rune
	for _, r := range folded {
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'w', 'h':
			r = 'a'
		case 'b', 'v', 'f':
			r = 'p'
		case 'd':
			r = 't'
		case 'g', 'c', 'q', 'x':
			r = 'k'
		case 'l':
			r = 'r'
		case 'z':
			r = 's'
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// digraphs returns the pairs of letters that stand for one sound, and the letter
// that other romanisations write.
func digraphs() [9][2]string {
	return [9][2]string{{"ch", "j"}, {"sh", "s"}, {"th", "t"}, {"ph", "p"}, {"kh", "k"}, {"gh", "g"}, {"zh", "j"}, {"ts", "s"}, {"ck", "k"}}
}

// sameSound reports whether two folded words may be spellings of one name: their
// skeletons are the same and at most two letters differ. Of names as short as
// "Li" and "Lu" every letter counts.
func sameSound(a, b string) bool {
	if min(len(a), len(b)) < 3 {
		return a == b
	}
	return !farApart(a, b) && skeleton(a) == skeleton(b) && distance([]rune(a), []rune(b)) <= mostApart
}

// mostApart is how many letters may differ in two spellings of one name.
const mostApart = 2

// farApart reports, at the cost of a glance, that more letters than that differ: one of the words has
// so many that the other has not. Most words are told apart by it. Only the letters from a to z count.
func farApart(a, b string) bool {
	var more [26]int
	count := func(w string, by int) {
		for i := range len(w) {
			if 'a' <= w[i] && w[i] <= 'z' {
				more[w[i]-'a'] += by
			}
		}
	}
	count(a, 1)
	count(b, -1)
	ofA, ofB := 0, 0
	for _, n := range more {
		ofA, ofB = ofA+max(n, 0), ofB+max(-n, 0)
	}
	return max(ofA, ofB) > mostApart
}

// distance is the number of letters to insert, delete or change to make a of b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
