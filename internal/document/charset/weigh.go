package charset

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/gogs/chardet"
)

const (
	// ample is how much valid UTF-8 outweighs one place that is none, where there are
	// several: Japanese in EUC-JP makes 1.4 of it by chance. The evidence is that
	// of one sequence of three bytes and one of two.
	ample = 3
	// declaredWorth is how much likelier an encoding is for being declared, on the
	// scale of looks: a header says what the server believes, bytes what is there.
	declaredWorth = 0.17
	// measuredWorth is how much the statistics of the bytes count at most.
	measuredWorth = 0.05
	// sampled is how many bytes the statistics look at: more do not change them.
	sampled = 64 << 10
)

// candidate is an encoding that the bytes may be in.
type candidate struct {
	Text
	score    float64
	declared bool
}

// weigh decides the encoding of bytes that no mark settles.
func weigh(data []byte, h Hints) Text {
	var declared []string
	for _, label := range h.Declared {
		if name := nameOf(label); name != "" && !slices.Contains(declared, name) {
			declared = append(declared, name)
		}
	}
	s := shapeOf(data)
	switch {
	case s.lost == 0 && (s.weight == 0 || !slices.ContainsFunc(declared, doubleByte) || s.weight > 6),
		s.lost > 0 && s.weight >= ample*s.lost,
		s.lost == 1 && s.weight > 0 && !slices.ContainsFunc(declared, doubleByte),
		s.weight >= s.lost && s.lost > 0 && slices.Contains(declared, "utf-8"):
		return decoded("utf-8", data)
	}
	return likeliest(data, s, declared, h)
}

// doubleByte reports whether an encoding writes most characters with two bytes, in
// which chance can make some sequences that are valid UTF-8.
func doubleByte(name string) bool {
	switch name {
	case "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis", "johab":
		return true
	}
	return false
}

// unlisted are encodings that texts were written in and that the detector has no
// statistics for.
var unlisted = []string{"ibm866", "ibm855", "x-mac-cyrillic", "windows-874", "johab"}

// likeliest tries the encodings that come into question and returns the best. Equal
// ones stay in the order in which they are named here.
func likeliest(data []byte, s shape, declared []string, h Hints) Text {
	sample := foreign(data)
	measured, common := statistics(sample, h.Markup), h.Letters.all()
	var all []candidate
	try := func(name string, prior float64) {
		if slices.ContainsFunc(all, func(c candidate) bool { return c.Name == name }) {
			return
		}
		c := candidate{Text: decoded(name, sample), declared: slices.Contains(declared, name)}
		c.score = common.looks(c.Text.Text) + prior + measuredWorth*measured[name]
		all = append(all, c)
	}
	if s.weight > 0 {
		try("utf-8", float64(s.weight)/float64(s.weight+s.lost))
	}
	for i, name := range declared {
		if name != "utf-8" || s.weight > 0 {
			try(name, declaredWorth-0.05*float64(min(i, 2)))
		}
	}
	for _, name := range sortedByWorth(measured) {
		try(name, 0)
	}
	// What a page of Western Europe or America is in that declares nothing, with a
	// sign or two that are not ASCII: far too few for statistics.
	try("windows-1252", 0.1)
	if !slices.ContainsFunc(all, func(c candidate) bool { return doubleByte(c.Name) && c.Lost == 0 && c.score > 0.9 }) {
		for _, name := range unlisted {
			try(name, 0)
		}
	}
	best := slices.MaxFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(slices.IndexFunc(all, b.is), slices.IndexFunc(all, a.is)))
	})
	t := decoded(best.Name, data)
	t.Guessed = !best.declared
	return t
}

// foreign returns the lines of data that are not of ASCII alone, as many as are
// looked at; they decide.
func foreign(data []byte) []byte {
	var out []byte
	for line := range bytes.Lines(data) {
		if bytes.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
			continue
		}
		out = append(out, line[:min(len(line), sampled-len(out))]...)
		if len(out) == sampled {
			break
		}
	}
	return out
}

// is reports whether another candidate is for the same encoding.
func (c candidate) is(other candidate) bool { return c.Name == other.Name }

// statistics returns how confident the detector is of each encoding that it knows,
// from 0 to 1.
func statistics(sample []byte, markup bool) map[string]float64 {
	detector := chardet.NewTextDetector()
	if markup {
		detector = chardet.NewHtmlDetector()
	}
	// An error says that nothing was recognised.
	results, _ := detector.DetectAll(sample)
	out := map[string]float64{}
	for _, r := range results {
		if name := nameOf(r.Charset); name != "" && r.Confidence >= 10 && name != "utf-8" && name != "iso-2022-jp" {
			out[name] = max(out[name], float64(r.Confidence)/100)
		}
	}
	return out
}

// sortedByWorth returns the encodings in order of confidence, equal ones by name:
// the detector asks its recognizers at once and returns equal results in any order.
func sortedByWorth(measured map[string]float64) []string {
	names := make([]string, 0, len(measured))
	for name := range measured {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(measured[b], measured[a]), cmp.Compare(a, b))
	})
	return names
}
