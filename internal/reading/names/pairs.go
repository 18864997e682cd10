package names

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"readout/timeline"
)

// Pairs of parties in one-letter names ("日米韓", "日・ノルウェー", "中俄") are
// read as a run of such names, with dots and long names among them.

// name returns the longest name at toks[i], that of the text's own language
// before the English one, and the tokens it takes.
func (g *Gazetteer) name(toks []token, i int) (*meaning, int) {
	m, n := g.names.longest(toks[i:])
	if g.local == nil {
		return m, n
	}
	if own, k := g.local.names.longest(toks[i:]); own != nil && k >= n && !g.insideKatakana(toks, i, i+k) {
		return own, k
	}
	return m, n
}

// run reads a pair or more of short names at toks[i] and returns the mentions and
// the tokens they take, or one short name before a word such as "side".
func (g *Gazetteer) run(toks []token, i int) ([]Mention, int) {
	if g.local == nil || len(g.local.shorts) == 0 {
		return nil, 0
	}
	var out []Mention
	at, shorts := i, 0
	add := func(p timeline.Party, n int) bool { // reports whether it may be part of a run
		fits := len(out) < longestRun && !slices.ContainsFunc(out, func(m Mention) bool { return m.Party == p })
		out = append(out, Mention{Party: p, Start: toks[at].start, End: toks[at+n-1].end})
		at += n
		return fits
	}
	for at < len(toks) {
		if len(out) > 0 && toks[at].text == "・" || len(out) > 0 && toks[at].text == "·" || len(out) > 0 && toks[at].text == "-" {
			at++
			continue
		}
		if m, n := g.name(toks, at); m != nil && !m.pass {
			if !add(m.party, n) {
				return nil, 0
			}
			continue
		}
		p, n := g.short(toks, at)
		if n == 0 {
			break
		}
		if !add(p, n) {
			return nil, 0
		}
		shorts++
	}
	if shorts == 0 {
		return nil, 0
	}
	if len(out) == 1 {
		if shorts == 1 && followed(toks, at, g.local.sides) && !g.letterBefore(toks, i) {
			return out, at - i
		}
		return nil, 0
	}
	if g.letterBefore(toks, i) && !followed(toks, at, g.local.heads) {
		return nil, 0
	}
	return out, at - i
}

// longestRun is how many parties a run of names has at most. A longer one, or one in which a party comes
// again, is none.
const longestRun = 24

// short reads one short name, of at most five tokens.
func (g *Gazetteer) short(toks []token, i int) (timeline.Party, int) {
	text := ""
	for n := 1; n <= 5 && i+n <= len(toks); n++ {
		text += toks[i+n-1].text
		if p, ok := g.local.shorts[text]; ok {
			return p, n
		}
	}
	return "", 0
}

func followed(toks []token, i int, by [][]token) bool {
	for _, want := range by {
		if i+len(want) > len(toks) || toks[i-1].end != toks[i].start {
			continue
		}
		same := true
		for k := range want {
			same = same && toks[i+k].text == want[k].text
		}
		if same {
			return true
		}
	}
	return false
}

// letterBefore reports whether a letter is written right before toks[i] that may
// make one word with it: hiragana and the words of joining do not.
func (g *Gazetteer) letterBefore(toks []token, i int) bool {
	if i == 0 || !toks[i-1].letters || toks[i-1].end != toks[i].start || g.local.joins[toks[i-1].text] {
		return false
	}
	r, _ := utf8.DecodeRuneInString(toks[i-1].text)
	return !unicode.Is(unicode.Hiragana, r)
}

// insideKatakana reports whether a name in katakana is part of a longer word or
// of a person's name: "マリ" in "マリア" and in "マリ・ヨハンセン".
func (g *Gazetteer) insideKatakana(toks []token, from, to int) bool {
	if !katakana(toks[from]) {
		return false
	}
	if from > 0 && katakana(toks[from-1]) && toks[from-1].end == toks[from].start {
		return true
	}
	if to >= len(toks) || toks[to-1].end != toks[to].start {
		return false
	}
	if katakana(toks[to]) {
		return true
	}
	if toks[to].text != "・" || to+1 >= len(toks) || !katakana(toks[to+1]) {
		return false
	}
	m, _ := g.local.names.longest(toks[to+1:])
	return m == nil
}

func katakana(t token) bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.Is(unicode.Katakana, r) || r == 'ー'
}
