package show

import (
	"fmt"

	"readout/diff/formula"
	"readout/internal/ask"
	"readout/timeline"
)

// FindingText says in a sentence what one should know. Day writes a day.
func FindingText(f ask.Finding, day func(timeline.Date) string) string {
	on := ""
	if f.Name != "" {
		on = f.Name + ": "
	}
	switch f.Kind {
	case ask.FoundRecord:
		return fmt.Sprintf("The published text of “%s” was altered: %s changed.", f.Label, count(f.Count, "word", "words"))
	case ask.FoundMissing:
		return fmt.Sprintf("%s“%s”, said in %s before, is missing on %s.", on, Cut(f.Old.Text), count(f.Count, "text", "texts"), day(f.Day))
	case ask.FoundOpened:
		return fmt.Sprintf("%sraised for the first time on %s: “%s”", on, day(f.Day), Cut(f.New.Text))
	case ask.FoundLeft:
		return fmt.Sprintf("%sleft out on %s, though the last comparable text had %s on it.", on, day(f.Day),
			count(f.Count, "statement", "statements"))
	case ask.FoundSteady:
		return fmt.Sprintf("%s in the same words as before on %s.",
			count(f.Count, "standing formula is", "standing formulas are"), day(f.Day))
	}
	if f.Old.Text == f.New.Text { // what changed stands beside it
		return fmt.Sprintf("%s“%s” was %s on %s (%s).", on, Cut(f.New.Text), f.Kind, day(f.Day), f.Because)
	}
	return fmt.Sprintf("%s“%s” became “%s” on %s%s.", on, Cut(f.Old.Text), Cut(f.New.Text), day(f.Day), findingWhy(f))
}

// findingWhy says which way a formula went and by what that is seen.
func findingWhy(f ask.Finding) string {
	if f.Kind == ask.FindingKind(formula.Reworded) {
		return ""
	}
	out := ", " + string(f.Kind)
	if f.Because != "" {
		out += " (" + f.Because + ")"
	}
	return out
}

// cutAt is how many letters of a quotation a sentence about it has room for.
const cutAt = 140

// Cut shortens a quotation at a word, with a mark where something is left out.
func Cut(s string) string {
	letters := []rune(s)
	if len(letters) <= cutAt {
		return s
	}
	end := cutAt
	for end > cutAt/2 && letters[end] != ' ' {
		end--
	}
	return string(letters[:end]) + " …"
}
