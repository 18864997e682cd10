package formula

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/diff"
	"readout/internal/letters"
	"readout/timeline"
)

// A list that gains a member covers more, one that loses a member covers less: "support for sovereignty",
// "support for sovereignty and territorial integrity". This is read off an edit between words that stayed
// which is a member with the mark or word that parts it from the others. The member stands at the end of a
// phrase, since before a noun it may be a mere epithet: "dangerous [+and unlawful+] actions" covers less.

// longestMember is how many words a member of a list may have.
const longestMember = 5

// members returns what the lists that gained or lost a member make of a wording. Only positions are read so:
// what was talked about is no list of what is held. Where members came and others went, nothing is said.
func (q *Qualifiers) members(c *diff.Change, l *diff.Lexicon) verdict {
	var v verdict
	if c.Similarity < leastListed || c.Old[0].Act == timeline.ActDiscuss || c.New[0].Act == timeline.ActDiscuss {
		return v
	}
	for i := 1; i < len(c.Edits); i++ {
		e, before, behind := c.Edits[i], c.Edits[i-1], diff.Edit{}
		if e.Op == diff.Equal {
			continue
		}
		if i+1 < len(c.Edits) {
			behind = c.Edits[i+1]
		}
		change, other := Widened, c.OldText
		if e.Op == diff.Delete {
			change, other = Narrowed, c.NewText
		}
		if !q.listed(e.Text) || !strange(e.Text, other, l) {
			continue
		}
		if v.change != "" && v.change != change {
			return verdict{}
		}
		v.change = change
		left, part, right := turned(before.Text, e.Text, behind.Text)
		if before.Op == diff.Equal && (behind.Op == diff.Equal || behind.Op == "") && q.member(part, left, right, l) {
			beside := lastWord(left)
			m := move{strings.TrimRight(beside, " ,"), beside + strings.TrimRight(part, " ,")}
			if change == Narrowed {
				m.from, m.to = m.to, m.from
			}
			v.moves = append(v.moves, m)
		}
	}
	return v
}

// turned returns an edited part with the comma in front, where the one before it was taken for the one behind:
// "herring, [-salt,-] and wool".
func turned(before, part, behind string) (left, turned, right string) {
	left = strings.TrimRight(before, " ")
	bare := strings.TrimRight(part, " ")
	if !strings.HasSuffix(left, ",") || !strings.HasSuffix(bare, ",") {
		return before, part, behind
	}
	return strings.TrimSuffix(left, ","), ", " + strings.TrimSuffix(bare, ","), "," + part[len(bare):] + behind
}

// leastListed is how alike two sentences are whose lists are compared.
const leastListed = 0.5

// listed reports whether a part of a text seems to be a member of a list: a comma or a word that joins stands
// on either side of it.
func (q *Qualifiers) listed(part string) bool {
	words, text := letters.Words(part), strings.TrimSpace(part)
	if len(words) == 0 {
		return false
	}
	return strings.HasPrefix(text, ",") || strings.HasSuffix(text, ",") || q.joins[words[0].Folded] || q.joins[words[len(words)-1].Folded]
}

// member reports whether an edited part of a text is a further member of a list that the words before it
// begin.
func (q *Qualifiers) member(part, before, behind string, l *diff.Lexicon) bool {
	words := letters.Words(part)
	first := 0
	for first < len(words) && q.joins[words[first].Folded] {
		first++
	}
	if len(words) == first || len(words)-first > longestMember {
		return false
	}
	if f, _ := utf8.DecodeRuneInString(part[words[first].Start:]); unicode.IsUpper(f) {
		return false // a name: who took part is no position
	}
	last := words[len(words)-1]
	if first == 0 && (part[0] != ',' || l.Function(words[0].Folded) || !q.goesOn(words, part[last.End:]+behind)) {
		return false // an apposition: "in recent months, storms apart"
	}
	return !l.Function(last.Folded) && endsPhrase(part[last.End:]+behind, l) && endsTelling(before, l)
}

// goesOn reports whether a list goes on after a member: a word among its own joins another to it, or the text
// behind begins with a comma or such a word.
func (q *Qualifiers) goesOn(member []letters.Token, behind string) bool {
	words := letters.Words(behind)
	return slices.ContainsFunc(member, func(w letters.Token) bool { return q.joins[w.Folded] }) ||
		len(words) > 0 && (strings.Contains(behind[:words[0].Start], ",") || q.joins[words[0].Folded])
}

// endsPhrase reports whether a phrase is at its end where the text goes on so: with nothing, a mark or a
// function word.
func endsPhrase(text string, l *diff.Lexicon) bool {
	words := letters.Words(text)
	return len(words) == 0 || strings.ContainsAny(text[:words[0].Start], anyMark) || l.Function(words[0].Folded)
}

// endsTelling reports whether a text ends with a telling word that is no number.
func endsTelling(text string, l *diff.Lexicon) bool {
	words := letters.Words(text)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return !l.Function(last.Folded) && !strings.ContainsFunc(last.Folded, unicode.IsDigit) &&
		!strings.ContainsAny(text[last.End:], hardMark)
}

// lastWord returns the last word of a text, as printed, with what follows it.
func lastWord(text string) string {
	words := letters.Words(text)
	return text[words[len(words)-1].Start:]
}

// strange reports whether a part of a text is news to the other wording: it has telling words, none of which is
// there, and it reports nothing.
func strange(part, other string, l *diff.Lexicon) bool {
	has, telling := letters.Words(other), false
	for _, w := range letters.Words(part) {
		switch {
		case l.Function(w.Folded):
			continue
		case diff.DefaultLadder().Reports(w.Folded), slices.ContainsFunc(has,
			func(t letters.Token) bool { return sameWord(t.Folded, w.Folded) }):
			return false
		}
		telling = true
	}
	return telling
}
