package document

import (
	"readout/internal/rules/pattern"
	"slices"
	"strings"
	"unicode"
)

// A release often comes as a message that somebody sent on, with a word of his own
// above. The release is what stands below the innermost header that is printed in the
// text; the names of its lines are words of furniture.txt.

// forwarded is a message inside another, printed as text.
type forwarded struct {
	subject, date string
	next          int // line that the message begins at
}

var printedHeader = pattern.New(`^[>\s|]*\*{0,2}([\p{L}\p{M}][\p{L}\p{M} .-]{0,20}?)\s?\*{0,2}[:：]\*{0,2}(?:\s+(\S.*))?$`)

const (
	// headerLines is from how many lines on a printed header is one; one of them says
	// from whom.
	headerLines = 3
	// forwardedText is how many letters follow a header at least for them to be what was
	// sent on.
	forwardedText = 40
)

// findForwarded returns the innermost message that is printed in the lines of a text.
func findForwarded(lines []string, words *Words) (forwarded, bool) {
	var found forwarded
	ok := false
	for i := 0; i < len(lines); i++ {
		f, n := readPrintedHeader(lines[i:], words)
		if n == 0 {
			continue
		}
		f.next = i + n
		if lettersIn(lines[f.next:]) >= forwardedText {
			found, ok = f, true
		}
		i += n - 1
	}
	return found, ok
}

// lettersIn counts letters, and stops where there are enough.
func lettersIn(lines []string) int {
	n := 0
	for _, l := range lines {
		for _, r := range l {
			if unicode.IsLetter(r) {
				n++
			}
		}
		if n >= forwardedText {
			break
		}
	}
	return n
}

// readPrintedHeader reads a header at the head of some lines, and returns how many it
// takes; 0 for no header.
func readPrintedHeader(lines []string, words *Words) (forwarded, int) {
	var f forwarded
	count, end, from := 0, 0, false
	for i, line := range lines {
		m := printedHeader.FindStringSubmatch(line)
		kind := ""
		if m != nil {
			kind = words.headerKind(m[1])
		}
		switch {
		case kind != "":
			count, end = count+1, i+1
			switch kind {
			case "mailfrom":
				from = true
			case "maildate":
				f.date = strings.TrimSpace(m[2])
			case "mailsubject":
				f.subject = strings.TrimSpace(m[2])
			}
		case count == 0:
			return f, 0
		case strings.TrimSpace(line) == "" && i == end:
			// One empty line may stand between two lines of a header.
		case i == end && strings.Contains(line, "@"):
			end = i + 1 // more receivers
		default:
			if count >= headerLines && from {
				return f, end
			}
			return f, 0
		}
	}
	return f, 0 // nothing stands below it
}

// headerKind returns the section that the name of a printed header line stands in, ""
// for none.
func (w *Words) headerKind(name string) string {
	name = strings.ToLower(cleanLine(name))
	for _, s := range []string{"mailfrom", "maildate", "mailsubject", "mailother"} {
		if w.has(s, name) {
			return s
		}
	}
	return ""
}

// unforwarded returns the subject of a message without the marks that it was sent on.
func (w *Words) unforwarded(subject string) string {
	for {
		mark, rest, ok := strings.Cut(subject, ":")
		if !ok || !w.has("mailmark", strings.ToLower(cleanLine(mark))) {
			return strings.TrimSpace(subject)
		}
		subject = rest
	}
}

var attribution = pattern.New(`@.*[:：]\s*$`)

// cutForwarded returns the part of a plain text that was sent on: what stands below the
// innermost printed header, or what is quoted below a line that says who wrote it. The
// text is returned as it is where nothing was.
func cutForwarded(text string, words *Words) (string, forwarded) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	f, ok := findForwarded(lines, words)
	if ok {
		lines = lines[f.next:]
	} else if i := slices.IndexFunc(lines, attribution.MatchString); i >= 0 && mostlyQuoted(lines[i+1:]) &&
		lettersIn(lines[i+1:]) >= forwardedText {
		lines = lines[i+1:]
	} else {
		return text, f
	}
	if mostlyQuoted(lines) {
		lines = quotedOnly(lines)
	}
	return strings.Join(lines, "\n"), f
}

// mostlyQuoted reports whether nine of ten lines that say something are quoted.
func mostlyQuoted(lines []string) bool {
	quoted, all := 0, 0
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		all++
		if strings.HasPrefix(strings.TrimSpace(l), ">") {
			quoted++
		}
	}
	return all > 0 && quoted*10 >= all*9
}

// quotedOnly returns the quoted lines without their marks, and the empty ones.
func quotedOnly(lines []string) []string {
	var out []string
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if rest := strings.TrimLeft(l, "> "); rest != l || l == "" {
			out = append(out, rest)
		}
	}
	return out
}

// cutForwardedPieces is cutForwarded for a text that is laid out already.
func (b *builder) cutForwardedPieces() forwarded {
	var all []string
	var of []int // the piece of each line
	for i, p := range b.pieces {
		for line := range strings.SplitSeq(p.text, "\n") {
			all, of = append(all, line), append(of, i)
		}
	}
	f, ok := findForwarded(all, b.words)
	if !ok {
		return f
	}
	first := of[f.next]
	if of[f.next-1] == first { // the header ends inside a block
		last := f.next
		for last < len(of) && of[last] == first {
			last++
		}
		b.pieces[first].text = strings.TrimSpace(strings.Join(all[f.next:last], "\n"))
	}
	b.pieces = b.pieces[first:]
	if b.pieces[0].text == "" {
		b.pieces = b.pieces[1:]
	}
	return f
}

// cutMailFoot drops the last blocks while they are what mail programs and lists put
// below every message.
func (b *builder) cutMailFoot() {
	for n := len(b.pieces); n > 1; n-- {
		text := strings.ToLower(cleanLine(b.pieces[n-1].text))
		if !slices.ContainsFunc(b.words.starts["mailfoot"], func(p string) bool { return strings.Contains(text, p) }) {
			return
		}
		b.pieces = b.pieces[:n-1]
	}
}
