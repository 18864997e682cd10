package diff

import (
	"fmt"
	"strings"
	"unicode"
)

// Summary counts statements per kind of change (of New; of Old for dropped
// ones), and the words edited.
type Summary struct {
	New           int `json:"new"`
	Dropped       int `json:"dropped"`
	Silent        int `json:"silent"` // of Dropped, those that are not claimed to be gone
	Unchanged     int `json:"unchanged"`
	Reworded      int `json:"reworded"`
	Uncertain     int `json:"uncertain"` // of Reworded, those whose link is uncertain
	Moved         int `json:"moved"`     // of Unchanged and Reworded, those that stand elsewhere
	Beside        int `json:"beside"`    // lines beside the statements that changed
	WordsInserted int `json:"words_inserted"`
	WordsDeleted  int `json:"words_deleted"`
}

// Words says the summary in one line: "2 new, 3 dropped (1 of them only silence), 4
// reworded; 30 words inserted, 12 deleted".
func (s Summary) Words() string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	if s.New+s.Dropped+s.Reworded+s.Moved == 0 && s.Unchanged > 0 {
		parts = append(parts, "no statement differs")
	}
	add(s.New, "new")
	add(s.Dropped, "dropped"+aside(s.Silent, s.Dropped, "only silence"))
	add(s.Reworded, "reworded"+aside(s.Uncertain, s.Reworded, "uncertain"))
	add(s.Moved, "moved")
	add(s.Unchanged, "unchanged")
	if s.Beside > 0 {
		noun := "lines"
		if s.Beside == 1 {
			noun = "line"
		}
		parts = append(parts, fmt.Sprintf("%d %s beside the statements changed", s.Beside, noun))
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing to compare")
	}
	out := strings.Join(parts, ", ")
	if s.WordsInserted+s.WordsDeleted > 0 {
		noun := "words"
		if s.WordsInserted == 1 {
			noun = "word"
		}
		out += fmt.Sprintf("; %d %s inserted, %d deleted", s.WordsInserted, noun, s.WordsDeleted)
	}
	return out
}

// aside says of how many of them something holds, "" for none.
func aside(n, of int, what string) string {
	switch {
	case n == 0:
		return ""
	case n < of:
		return fmt.Sprintf(" (%d of them %s)", n, what)
	case of == 1:
		return " (" + what + ")"
	}
	return " (all " + what + ")"
}

// summarize counts the statements and words of the changes.
func summarize(changes []Change) Summary {
	var s Summary
	for _, c := range changes {
		if c.Moved {
			s.Moved += len(c.New)
		}
		switch c.Kind {
		case New:
			s.New += len(c.New)
		case Dropped:
			s.Dropped += len(c.Old)
			if c.Absence.Silence != "" {
				s.Silent += len(c.Old)
			}
		case Unchanged:
			s.Unchanged += len(c.New)
			continue
		case Reworded:
			s.Reworded += len(c.New)
			if c.Link.Uncertain {
				s.Uncertain += len(c.New)
			}
		}
		for _, e := range Legible(c.Edits) {
			switch e.Op {
			case Insert:
				s.WordsInserted += CountWords(e.Text)
			case Delete:
				s.WordsDeleted += CountWords(e.Text)
			}
		}
	}
	return s
}

// CountWords counts the words and numbers of text as edits tell them apart;
// punctuation is none.
func CountWords(text string) int {
	v := vocabulary{lexicon: DefaultLexicon()}
	n := 0
	for _, t := range v.split(nil, text) {
		if strings.ContainsFunc(text[t.start:t.end], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
