package sources

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"readout/internal/document"
	"readout/internal/letters"
	"readout/internal/rules/pattern"
	"readout/internal/sources/fetch"
)

// Standing says how things stand with a page or a source; "" is well.
type Standing string

// What can be wrong.
const (
	Well    Standing = ""
	Gone    Standing = "gone"    // the page is not there any more
	Suspect Standing = "suspect" // something answers that is not the release
	Failing Standing = "failed"  // nothing useful answers
	Stale   Standing = "stale"   // a list has had nothing new for very long
)

// Known is what is remembered of the last version of a page, to judge the next
// answer by. The zero Known is that of a page never seen.
type Known struct {
	Size   int    `json:"size,omitempty"` // of its text, in characters
	Title  string `json:"title,omitempty"`
	Sketch Sketch `json:"sketch,omitempty"`
	Print  string `json:"print,omitempty"` // hash of its text
}

// Judgement is what an answer is.
type Judgement struct {
	Standing Standing
	Reason   string // for people; "" where Standing is Well
	Known    Known  // what the answer would be remembered by, where Standing is Well
	// Own is the address that the page gives as its own, "" for none or for one
	// that cannot be its own.
	Own string
	// Misled reports whether the page gives an address as its own that cannot be.
	Misled bool
}

const (
	// shrunk is the part of the known text below which an answer is no version: a
	// ministry that cuts two thirds of a text is rarer than a page that failed to
	// build. A person who finds it did can still take the page in by hand.
	shrunk = 3
	// worthComparing is from how many characters on a text can shrink or be
	// another one: of a line, little is left by any edit.
	worthComparing = 200
	// brief is up to how many characters a page may be no more than a notice.
	brief = 400
	// formText is up to how many characters a page with a field for a password is
	// a form rather than a text.
	formText = 1500
)

// Judge decides whether an answer can be a version of the page that was asked for.
// What is over when the site is repaired is Failing: statuses from 500 on and 429,
// and pages that say so. What cannot be read is Suspect. The text is what the options
// leave; media type and address are those of the answer.
func (w *Words) Judge(resp *fetch.Response, known Known, o document.Options) Judgement {
	say := func(s Standing, format string, a ...any) Judgement {
		return Judgement{Standing: s, Reason: fmt.Sprintf(format, a...)}
	}
	if j := byStatus(resp.Status); j.Standing != Well {
		return j
	}
	asked, errA := url.Parse(resp.Requested)
	final, errF := url.Parse(resp.URL)
	if errA != nil || errF != nil {
		return say(Suspect, "the address cannot be read")
	}
	switch {
	case w.isHome(final) && !w.isHome(asked):
		return say(Suspect, "the address leads to the home page")
	case resp.Redirected() && w.isSignIn(final) && !w.isSignIn(asked):
		return say(Suspect, "the address leads to a page to sign in")
	}
	o.MediaType, o.URL = resp.MediaType, resp.URL
	doc, err := document.Parse(resp.URL, resp.Body, o)
	if errors.Is(err, document.ErrNoText) || len(resp.Body) == 0 {
		return say(Suspect, "the page has no text")
	}
	if err != nil {
		var p *document.ParseError
		if errors.As(err, &p) {
			err = p.Err
		}
		return say(Suspect, "the answer cannot be read: %v", err)
	}
	return w.byText(resp, final, doc, known)
}

// byStatus judges by the status alone; Well means that the text decides.
func byStatus(status int) Judgement {
	j := Judgement{Reason: strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))}
	switch {
	case status >= 200 && status < 300 && status != http.StatusPartialContent && status != http.StatusNoContent:
		return Judgement{}
	case status == http.StatusNotFound, status == http.StatusGone:
		j.Standing = Gone
	case status >= 500, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
		j.Standing = Failing
	default:
		j.Standing = Suspect
	}
	return j
}

// isSignIn reports whether an address is made for signing in.
func (w *Words) isSignIn(u *url.URL) bool {
	label, _, _ := strings.Cut(u.Hostname(), ".")
	if w.has("signin", label) {
		return true
	}
	for _, s := range segments(u) {
		if w.has("signin", s) {
			return true
		}
	}
	return false
}

var (
	passwordField = pattern.New(`(?i)<input[^>]*\btype\s*=\s*["']?password`)
	sentOn        = pattern.New(`(?i)<meta[^>]*http-equiv\s*=\s*["']?refresh["']?[^>]*content\s*=\s*["']?\s*[0-3]\s*;\s*url\s*=\s*["']?([^"'>\s]+)`)
)

// byText judges by what the answer says.
func (w *Words) byText(resp *fetch.Response, final *url.URL, doc *document.Document, known Known) Judgement {
	size := utf8.RuneCountInString(doc.Text)
	say := func(s Standing, format string, a ...any) Judgement {
		return Judgement{Standing: s, Reason: fmt.Sprintf(format, a...)}
	}
	halved := known.Size == 0 || size*2 < known.Size
	html := doc.Format == document.HTML
	if m := sentOn.FindSubmatch(resp.Body); html && m != nil && size < brief {
		if to, err := final.Parse(string(m[1])); err == nil && normalAddress(to) != normalAddress(final) {
			return say(Suspect, "the page only sends its visitors on to %s", to)
		}
	}
	if html && size < formText && halved && passwordField.Match(resp.Body) {
		return say(Suspect, "the page asks for a password")
	}
	if html && (halved || !sameTitle(known.Title, titleOf(doc))) {
		if s, what, phrase := w.notice(doc, size); s != Well {
			return say(s, "the page says %q: %s", phrase, what)
		}
	}
	if known.Size >= worthComparing && size*shrunk < known.Size {
		return say(Suspect, "the text is much shorter than the known one: %d characters, not %d", size, known.Size)
	}
	j := Judgement{Known: Known{Size: size, Title: titleOf(doc), Sketch: sketch(doc.Text), Print: printOf(doc.Text)}}
	if known.Size >= worthComparing && size >= worthComparing && !sameTitle(known.Title, j.Known.Title) &&
		known.Sketch.unlike(j.Known.Sketch) {
		return say(Suspect, "the text and title have nothing in common with the known ones")
	}
	j.Own, j.Misled = w.ownAddress(final, doc.Meta.URL)
	return j
}

// notice recognises pages that stand for something else: by their title, or where
// they say next to nothing, by what they say.
func (w *Words) notice(doc *document.Document, size int) (s Standing, what, phrase string) {
	for _, c := range []struct {
		section string
		s       Standing
		what    string
	}{
		{"notfound", Gone, "it stands for one that is not there"},
		{"login", Suspect, "it wants its visitors to sign in"},
		{"unavailable", Failing, "the site is being repaired"},
		{"challenge", Suspect, "it wants to see a person"},
	} {
		for _, part := range titleParts(doc) {
			phrase := w.within(c.section, part)
			if phrase != "" && (size < formText && utf8.RuneCountInString(part) <= utf8.RuneCountInString(phrase)+24 || part == phrase) {
				return c.s, c.what, phrase
			}
		}
		if size < brief {
			if phrase := w.within(c.section, letters.Line(doc.Text)); phrase != "" &&
				w.within("meeting", letters.Line(titleOf(doc))) == "" {
				return c.s, c.what, phrase
			}
		}
	}
	return Well, "", ""
}

// titleParts are the title and first heading of a page, folded, without the name
// of the site that stands behind a dash or bar.
func titleParts(doc *document.Document) []string {
	var out []string
	add := func(s string) {
		for _, part := range titleBreak.Split(letters.Line(s), -1) {
			if part = strings.Trim(part, " .!:…"); part != "" {
				out = append(out, part)
			}
		}
	}
	add(doc.Meta.Title)
	for _, b := range doc.Blocks {
		if b.Kind == document.Heading {
			add(doc.TextOf(b))
			break
		}
	}
	return out
}

var titleBreak = pattern.New(`\s+[-–—|·»:]+\s+|\s*[|»]\s*|:\s+`)

// titleOf is the first heading, or what the page calls itself.
func titleOf(doc *document.Document) string {
	for _, b := range doc.Blocks {
		if b.Kind == document.Heading {
			return letters.Line(doc.TextOf(b))
		}
	}
	return letters.Line(doc.Meta.Title)
}

func sameTitle(a, b string) bool {
	return a != "" && (strings.Contains(a, b) && b != "" || b != "" && strings.Contains(b, a))
}

// ownAddress returns the address that a page gives as its own, unless it cannot be:
// templates that give the home page or another site as the address of every page
// would make one release of all of them.
func (w *Words) ownAddress(final *url.URL, canonical string) (own string, misled bool) {
	u, err := final.Parse(strings.TrimSpace(canonical))
	switch {
	case canonical == "":
		return "", false
	case err != nil, u.Host == "", w.isHome(u) && !w.isHome(final), !sameSite(u.Hostname(), final.Hostname()):
		return "", true
	case final.RawQuery != "" && u.RawQuery == "" && u.Path == final.Path:
		return "", true // the query names the document: /article?id=7
	case u.Path != final.Path && strings.HasPrefix(final.Path, strings.TrimSuffix(u.Path, "/")+"/"):
		return "", true // the section that the page stands in
	}
	return normalAddress(u), false
}
