package document

import (
	"strconv"
	"strings"
)

// docxLevel is one level of a numbering.
type docxLevel struct {
	start  int
	format string // "decimal", "bullet"…
	text   string // "%1.%2)"
	legal  bool   // all numbers in it are printed as decimals
}

// docxList is a numbering: its levels, and the key under which it counts.
type docxList struct {
	abstract string
	levels   map[int]docxLevel
	starts   map[int]int // what it overrides: counting begins anew there
}

// docxNumbering are the numberings of a document by their ids.
type docxNumbering map[string]docxList

// maxLevels is how deep the lists of a Word document go.
const maxLevels = 9

// newDOCXNumbering reads the part of numberings; nil has none.
func newDOCXNumbering(part *xmlNode) docxNumbering {
	abstract := map[string]map[int]docxLevel{}
	for _, a := range part.all("abstractNum") {
		abstract[a.attr("abstractNumId")] = docxLevels(a)
	}
	out := docxNumbering{}
	for _, n := range part.all("num") {
		key := n.child("abstractNumId").attr("val")
		list := docxList{abstract: key, levels: abstract[key], starts: map[int]int{}}
		for _, over := range n.all("lvlOverride") {
			level, err := strconv.Atoi(over.attr("ilvl"))
			if err != nil {
				continue
			}
			if start, err := strconv.Atoi(over.child("startOverride").attr("val")); err == nil {
				list.starts[level] = start
			}
			if own := docxLevels(over); len(own) > 0 {
				merged := map[int]docxLevel{}
				for i := range maxLevels {
					merged[i] = list.levels[i]
					if l, ok := own[i]; ok {
						merged[i] = l
					}
				}
				list.levels = merged
			}
		}
		out[n.attr("numId")] = list
	}
	return out
}

// docxLevels reads the levels under n.
func docxLevels(n *xmlNode) map[int]docxLevel {
	out := map[int]docxLevel{}
	for _, l := range n.all("lvl") {
		level, err := strconv.Atoi(l.attr("ilvl"))
		if err != nil || level < 0 || level >= maxLevels {
			continue
		}
		start, err := strconv.Atoi(l.child("start").attr("val"))
		if err != nil {
			start = 0
		}
		legal := l.child("isLgl")
		format := l.child("numFmt").attr("val")
		if format == "" {
			format = "decimal"
		}
		out[level] = docxLevel{
			start:  start,
			format: format,
			text:   l.child("lvlText").attr("val"),
			legal:  legal != nil && on(legal.attr("val")),
		}
	}
	return out
}

// number counts a paragraph in its list and returns the number as Word prints it
// before the text: "(1)", "2.3", "-" for a bullet, "" for none.
func (w *docxReader) number(pPr *xmlNode, look docxLook) string {
	list, ok := w.numbering[look.list]
	level := look.listLevel
	if !ok || level < 0 || level >= maxLevels || look.list == "0" {
		return ""
	}
	counts := w.counters[list.abstract]
	if counts == nil {
		counts = make([]int, maxLevels)
		for i := range counts {
			counts[i] = list.levels[i].start - 1
		}
		w.counters[list.abstract] = counts
	}
	if start, ok := list.starts[level]; ok && !w.restarted[look.list+" "+strconv.Itoa(level)] {
		if w.restarted == nil {
			w.restarted = map[string]bool{}
		}
		w.restarted[look.list+" "+strconv.Itoa(level)] = true
		counts[level] = start - 1
	}
	counts[level]++
	for i := level + 1; i < maxLevels; i++ {
		counts[i] = list.levels[i].start - 1
	}
	l := list.levels[level]
	if l.format == "bullet" {
		return "-"
	}
	var b strings.Builder
	for i := 0; i < len(l.text); i++ {
		if l.text[i] != '%' || i+1 >= len(l.text) || l.text[i+1] < '1' || l.text[i+1] > '9' {
			b.WriteByte(l.text[i])
			continue
		}
		i++
		of := int(l.text[i] - '1')
		format := list.levels[of].format
		if l.legal {
			format = "decimal"
		}
		b.WriteString(docxNumber(max(counts[of], list.levels[of].start), format))
	}
	return cleanLine(b.String())
}

// docxNumber writes n in a number format of Word. Formats that are not known are
// printed as decimals.
func docxNumber(n int, format string) string {
	pick := func(letters string) string {
		r := []rune(letters)
		if n < 1 || n > len(r) {
			return strconv.Itoa(n)
		}
		return string(r[n-1])
	}
	switch format {
	case "none":
		return ""
	case "lowerLetter", "upperLetter":
		if n < 1 || n > 780 {
			return strconv.Itoa(n)
		}
		s := strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
		if format == "upperLetter" {
			s = strings.ToUpper(s)
		}
		return s
	case "lowerRoman", "upperRoman":
		if n < 1 || n > 399 {
			return strconv.Itoa(n)
		}
		if format == "lowerRoman" {
			return strings.ToLower(roman(n))
		}
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "decimalEnclosedParen":
		return "(" + strconv.Itoa(n) + ")"
	case "aiueo", "aiueoFullWidth":
		return pick("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
	case "iroha", "irohaFullWidth":
		return pick("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス")
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸")
	case "japaneseCounting", "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
		"ideographDigital", "japaneseDigitalTenThousand":
		return hanNumber(n)
	case "russianLower":
		return pick("абвгдежзиклмнопрстуфхцчшщыэюя")
	case "russianUpper":
		return pick("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ")
	}
	return strconv.Itoa(n)
}

// hanNumber writes 1 to 99 in Chinese characters.
func hanNumber(n int) string {
	digits := []rune("〇一二三四五六七八九")
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}
