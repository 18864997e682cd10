// Package pattern holds regular expressions of which a program has many and a run
// uses few: a [Pattern] is compiled when it is first asked. One that is bound to the
// beginning of a text passes most texts over by their first two letters, another one
// passes over those that have no letter which each of its matches has.
package pattern

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
)

// Pattern is a regular expression of package regexp. It may be used by several
// goroutines; it must not be copied.
type Pattern struct {
	expr string
	once sync.Once
	re   *regexp.Regexp
	head *head  // nil where the pattern may begin anywhere
	need *needs // nil where that is not known

	words func() *wordSet // nil but for patterns of whole words
	opens func() *tree    // nil but for patterns of openings
}

// New returns the pattern that expr writes. Whether it is valid is only seen when it
// is used, which panics where it is not: patterns of users are checked before.
func New(expr string) *Pattern { return &Pattern{expr: expr} }

// Regexp returns the compiled expression.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(func() {
		p.re = regexp.MustCompile(p.expr)
		if p.head = headOf(p.expr); p.head == nil && p.words == nil && p.opens == nil {
			p.need = needsOf(p.expr)
		}
	})
	return p.re
}

// may reports whether a text may hold a match, by what is seen without trying the expression.
func (p *Pattern) may(s string) bool { return p.head.mayBegin(s) && p.need.met(s) }

// MatchString reports whether s holds a match.
func (p *Pattern) MatchString(s string) bool {
	if p.opens != nil {
		return p.opens().at(s, 0) != nil
	}
	re := p.Regexp()
	return p.may(s) && re.MatchString(s)
}

// FindString returns the first match in s, "" where there is none.
func (p *Pattern) FindString(s string) string {
	re := p.Regexp()
	if !p.may(s) {
		return ""
	}
	return re.FindString(s)
}

// FindStringIndex returns the place of the first match in s, or nil.
func (p *Pattern) FindStringIndex(s string) []int {
	re := p.Regexp()
	if !p.may(s) {
		return nil
	}
	return re.FindStringIndex(s)
}

// FindStringSubmatchIndex returns the places of the first match in s and of its
// groups, or nil.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	re := p.Regexp()
	if !p.may(s) {
		return nil
	}
	return re.FindStringSubmatchIndex(s)
}

// head tells of the first two characters of a text, where they are of ASCII, whether
// a match may begin with them.
type head struct {
	prog  *syntax.Prog
	after [128]struct { // what may follow each first character
		once sync.Once
		next [128]bool
	}
}

// headOf returns the head of an expression that is valid, or nil for one that is not
// bound to the beginning of a text by the "^" it begins with.
func headOf(expr string) *head {
	if !strings.HasPrefix(strings.TrimPrefix(expr, "(?i)"), "^") {
		return nil // most are not: they need not be read twice
	}
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || prog.StartCond()&syntax.EmptyBeginText == 0 {
		return nil
	}
	return &head{prog: prog}
}

// mayBegin reports whether a match may begin with the head of s. A nil head, and a
// text that is not of two characters of ASCII, say nothing.
func (h *head) mayBegin(s string) bool {
	if h == nil || len(s) < 2 || s[0] >= 128 || s[1] >= 128 {
		return true
	}
	a := &h.after[s[0]]
	a.once.Do(func() {
		reached := step(h.prog, []uint32{uint32(h.prog.Start)}, rune(s[0]))
		for c := range a.next {
			a.next[c] = len(step(h.prog, reached, rune(c))) > 0
		}
	})
	return a.next[s[1]]
}

// step returns the instructions of a program that may be reached from the given ones
// by the character c. Conditions on the place ("^", "\b") are taken as met. What
// matches before c is reached still: the text may go on with anything.
func step(prog *syntax.Prog, from []uint32, c rune) []uint32 {
	var out []uint32
	seen := make([]bool, len(prog.Inst))
	for open := slices.Clone(from); len(open) > 0; {
		pc := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch i := &prog.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			open = append(open, i.Out, i.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			open = append(open, i.Out)
		case syntax.InstMatch:
			out = append(out, pc)
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if i.MatchRune(c) {
				out = append(out, i.Out)
			}
		}
	}
	return out
}
