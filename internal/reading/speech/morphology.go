package speech

import "strings"

// toBe is the lemma under which the lexicon has what is said of somebody: "be clear".
const toBe = "be"

// inflect records the forms of a verb: those listed as irregular, the regular
// ones by rule.
func (lex *Lexicon) inflect(lemma string) {
	if lemma == toBe {
		return // its forms are told apart by their class
	}
	past := lemma + "ed"
	switch {
	case strings.HasSuffix(lemma, "e"):
		past = lemma + "d"
	case endsInConsonantY(lemma):
		past = lemma[:len(lemma)-1] + "ied"
	}
	part, present := past, third(lemma)
	if irregular, ok := lex.irreg[lemma]; ok {
		past, part = irregular[0], irregular[1]
		if len(irregular) > 2 {
			present = irregular[2]
		}
	}
	lex.addForm(lemma, lemma, func(f *verbForm) { f.base = true })
	lex.addForm(lemma, present, func(f *verbForm) { f.third = true })
	lex.addForm(lemma, past, func(f *verbForm) { f.past = true })
	lex.addForm(lemma, part, func(f *verbForm) { f.part = true })
	for _, ing := range participles(lemma, past) {
		lex.addForm(lemma, ing, func(f *verbForm) { f.ing = true })
	}
}

func (lex *Lexicon) addForm(lemma, word string, set func(*verbForm)) {
	f := lex.forms[word]
	// Of two lemmas with one form ("found"), the one whose base form it is wins,
	// and then the first in the alphabet: the answer must not hang on map order.
	if f.lemma != "" && f.lemma != lemma && (f.lemma == word || (lemma != word && f.lemma < lemma)) {
		return
	}
	if f.lemma != lemma {
		f = verbForm{lemma: lemma}
	}
	set(&f)
	lex.forms[word] = f
}

// third returns the third person singular: "states", "discusses", "denies".
func third(lemma string) string {
	switch {
	case endsInConsonantY(lemma):
		return lemma[:len(lemma)-1] + "ies"
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "ch"),
		strings.HasSuffix(lemma, "x"), strings.HasSuffix(lemma, "o"):
		return lemma + "es"
	}
	return lemma + "s"
}

// participles returns the spellings of the present participle. A consonant is
// doubled where the past doubles it ("committed", "committing").
func participles(lemma, past string) []string {
	out := []string{lemma + "ing"}
	if strings.HasSuffix(lemma, "e") && !strings.HasSuffix(lemma, "ee") {
		out = append(out, lemma[:len(lemma)-1]+"ing")
	}
	last := lemma[len(lemma)-1:]
	if past == lemma+last+"ed" || past == lemma {
		out = append(out, lemma+last+"ing")
	}
	return out
}

// inPast reports whether a word ends as the past of regular verbs does.
func inPast(word string) bool { return strings.HasSuffix(word, "ed") }

func endsInConsonantY(s string) bool {
	n := len(s)
	return n > 1 && s[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(s[n-2]))
}
