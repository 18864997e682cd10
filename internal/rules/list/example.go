package list

import (
	"fmt"
	"slices"
	"strings"
)

// Example is a text and what must come out of it. It is written in one line, below the
// rule that it is for:
//
//	> The two ministers agreed to open a ferry line. => act agree; speakers NO UY
//
// "\n" in the text is the end of a line.
//
// An example that begins with ">>" stands above rules and is for each of them, up to the
// next one or the end of the section. In its text and wants "{}" is what the rule says,
// "{2}" its second field, "{each}" each of its words in turn, "{language}" the last word of
// its first field:
//
//	>> Norway-Uruguay Talks\n7 {4} 2041 => published 2041-03-07
//
// A rule that says several things, parted by "|", has a form of the example for each;
// where several such lines stand one below the other, the forms of all of them. One form
// must come out: the first says what a rule of the section is good for. Below a rule that
// none of them fits stands "> -".
type Example struct {
	Place
	Rule  Line // the rule that it is for; zero where none is
	Text  string
	Want  []Want
	Forms []Example // the other forms, for rules below a ">>"
}

// Want is one thing that must come out: what, and how it is written; "-" is nothing.
type Want struct{ Key, Value string }

// All returns every form of an example as one by itself.
func (x Example) All() []Example {
	rest := x.Forms
	x.Forms = nil
	return append([]Example{x}, rest...)
}

// written is an example as its file has it, below a rule.
type written struct{ line, rule Line }

// Examples returns the examples of a file: the built-in ones, then those that were added.
func (b *Book) Examples(name string) []Example {
	files := []file{builtin()[name]()}
	if b != nil {
		files = append(files, b.added[name])
	}
	var out []Example
	for _, f := range files {
		for _, w := range f.examples {
			x, err := w.example()
			if err != nil {
				panic("built-in rules: " + err.Error()) // our own file, and a test reads it
			}
			out = append(out, x)
		}
		for _, rule := range f.rules {
			if laws := f.laws[rule.Line]; len(laws) > 0 {
				out = append(out, filledIn(laws, rule))
			}
		}
	}
	return out
}

// example reads an example.
func (w written) example() (Example, error) {
	l := w.line
	text, wants, ok := strings.Cut(strings.TrimPrefix(l.Text, "> "), " => ")
	if !ok || strings.TrimSpace(text) == "" {
		return Example{}, l.Errorf("want an example: > TEXT => WHAT VALUE; WHAT VALUE")
	}
	x := Example{Place: l.Place, Rule: w.rule, Text: strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n")}
	for want := range strings.SplitSeq(wants, ";") {
		key, value, ok := strings.Cut(strings.TrimSpace(want), " ")
		if !ok {
			return x, l.Errorf("%q says not what must come out: want WHAT VALUE", strings.TrimSpace(want))
		}
		x.Want = append(x.Want, Want{key, strings.TrimSpace(value)})
	}
	return x, nil
}

// filledIn returns the example that a rule has by the lines above it that are for each
// rule. A rule that no form of them can be made of has an empty one.
func filledIn(laws []Example, rule Line) Example {
	var forms []Example
	for _, law := range laws {
		for _, fill := range law.fillings(rule) {
			x := Example{Place: rule.Place, Rule: rule, Text: fill.Replace(law.Text)}
			for _, w := range law.Want {
				x.Want = append(x.Want, Want{w.Key, fill.Replace(w.Value)})
			}
			forms = append(forms, x)
		}
	}
	if len(forms) == 0 {
		return Example{Place: rule.Place, Rule: rule}
	}
	forms[0].Forms = forms[1:]
	return forms[0]
}

// fillings returns what can be put in the places of a law for a rule: the values of the
// first field that the law names, and of the other fields the first value.
func (x Example) fillings(rule Line) []*strings.Replacer {
	all := x.Text
	for _, w := range x.Want {
		all += w.Value
	}
	var pairs []string
	key, values := "{}", Alternatives(rule.Text)
	if strings.Contains(all, "{each}") {
		f := rule.Fields()
		key, values = "{each}", strings.Fields(f[len(f)-1])
	}
	fields := rule.Fields()
	pairs = append(pairs, "{language}", fields[0][strings.LastIndexByte(fields[0], ' ')+1:])
	for i := range fields {
		k := fmt.Sprintf("{%d}", i+1)
		if !strings.Contains(all, k) {
			continue
		}
		if key == "{}" {
			key, values = k, Alternatives(fields[i])
		} else {
			pairs = append(pairs, k, sampleOf(Alternatives(fields[i])[0]))
		}
	}
	var out []*strings.Replacer
	for _, v := range values {
		if s := sampleOf(v); s != "" {
			out = append(out, strings.NewReplacer(append(slices.Clip(pairs), key, s)...))
		}
	}
	return out
}

// sampleOf returns a text that fits a value; of one that is no wording, the value.
func sampleOf(value string) string {
	if s := Sample(value); s != "" || strings.HasPrefix(value, "/") {
		return s
	}
	return value
}
