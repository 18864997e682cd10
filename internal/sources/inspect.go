package sources

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/document/pdf"
	"readout/internal/letters"
	"readout/internal/reading"
	"readout/internal/sources/fetch"
)

// Inspector looks at addresses without storing anything.
type Inspector struct {
	Client *fetch.Client
	Words  *Words         // nil is DefaultWords
	Rules  *reading.Rules // nil are the built-in ones
	PDF    *pdf.Reader    // nil starts one for every PDF file
}

func (in Inspector) words() *Words {
	if in.Words == nil {
		return DefaultWords()
	}
	return in.Words
}

// Inspect asks what stands at s.URL. Where s.Kind is empty it is found out; what
// else is set in s counts as it would in a pull. The error says why nothing can be
// followed there.
func (in Inspector) Inspect(ctx context.Context, s Source) (*ask.Inspection, error) {
	resp, err := in.Client.Get(ctx, s.request(s.URL))
	if err != nil {
		return nil, err
	}
	w := in.words()
	if j := byStatus(resp.Status); j.Standing != Well {
		return nil, fmt.Errorf("%s: %s", resp.URL, j.Reason)
	}
	kind, why := s.Kind, "it was said so"
	out := ask.NewInspection(resp.URL)
	if s.Kind == Records || s.Kind == "" && isData(resp) {
		out.Kind = string(Records)
		err := in.records(out, resp, s)
		out.Why = fmt.Sprintf("it holds %d releases itself", out.Taken)
		return out, err
	}
	l, err := w.readList(resp, &s)
	if err != nil && s.Kind != Page && s.Kind != "" {
		return nil, fmt.Errorf("%s: %w", resp.URL, err)
	}
	if l != nil {
		out.Title, out.Feeds, out.Note = l.title, append(out.Feeds, l.feeds...), l.note
	}
	if kind == "" {
		kind, why = w.kindOf(resp, l)
	}
	out.Kind, out.Why = string(kind), why
	if kind == Page {
		out.First = in.sample(resp, s)
		return out, nil
	}
	for _, address := range l.lists[:min(len(l.lists), 1)] {
		if more, err := in.Client.Get(ctx, s.request(address)); err == nil {
			if sub, err := w.listOf(more, &s); err == nil {
				l.links = append(l.links, sub.links...)
				out.Note = fmt.Sprintf("the links are those of %s, one of %d sitemaps", address, len(l.lists))
			}
		}
	}
	for _, x := range l.links {
		out.Links = append(out.Links, ask.InspectedLink{URL: x.URL, Text: x.Text, Taken: x.Taken, Reason: x.Reason})
	}
	out.Taken = len(l.taken())
	if out.Taken == 0 {
		return out, nil
	}
	first := l.taken()[0].URL
	page, err := in.Client.Get(ctx, s.request(first))
	if err != nil {
		out.First = &ask.Sample{URL: first, Standing: string(Failing), Reason: err.Error(), Cut: []string{}}
		return out, nil
	}
	out.First = in.sample(page, s)
	return out, nil
}

// sample reads a page as it would be read.
func (in Inspector) sample(resp *fetch.Response, s Source) *ask.Sample {
	out := &ask.Sample{URL: resp.URL, Cut: []string{}}
	j := in.words().Judge(resp, Known{}, document.Options{Select: s.Select.text(), PDF: in.PDF})
	out.Standing, out.Reason = string(j.Standing), j.Reason
	doc, err := document.Parse(resp.URL, resp.Body, document.Options{
		MediaType: resp.MediaType,
		URL:       resp.URL,
		Select:    s.Select.text(),
		PDF:       in.PDF,
	})
	if err != nil {
		return out // Judge has said why
	}
	rules := in.Rules
	if rules == nil {
		rules = reading.Default()
	}
	o := reading.Overrides{Parties: s.Parties, Issuer: s.Issuer}
	if doc.Meta.URL == "" || j.Misled {
		o.Source = resp.Requested
	}
	out.Release = ask.NewRelease(reading.Release(doc, rules, o))
	if doc.Format == document.HTML {
		if text, _, ok := document.Decode(resp.Body, document.Options{MediaType: resp.MediaType, URL: resp.URL}); ok {
			out.Cut = cutAway(text, doc.Text)
		}
	}
	return out
}

// kindOf decides what stands at an address by what it answers; l is the answer as
// a list, nil where it cannot be read as one.
//
// A page with releases has many links that look like them and little running text
// for each; a release that names related ones has few and much.
func (w *Words) kindOf(resp *fetch.Response, l *listing) (Kind, string) {
	if l == nil {
		return Page, "it is not a list of links"
	}
	switch l.kind {
	case Feed:
		return Feed, fmt.Sprintf("it is a feed of %d entries", len(l.links))
	case Sitemap:
		return Sitemap, fmt.Sprintf("it is a sitemap of %d addresses", len(l.links)+len(l.lists))
	}
	taken := l.taken()
	if len(taken) == 0 {
		return Page, "none of its links looks like a release"
	}
	doc, err := document.Parse(resp.URL, resp.Body, document.Options{MediaType: resp.MediaType, URL: resp.URL})
	if err != nil {
		return Index, fmt.Sprintf("it holds next to no text and %d links that look like releases", len(taken))
	}
	prose := proseRunes(doc, taken)
	if len(taken) < many && prose > 0 {
		return Page, fmt.Sprintf("it holds running text, and only %d of its links look like releases", len(taken))
	}
	index := len(taken) * proseAlone
	if u, err := url.Parse(resp.URL); err == nil && !w.isHome(u) &&
		(datedPath.MatchString(u.Path) || numbered.MatchString(u.Path)) && len(taken) < 10 {
		index /= 2
	}
	if strings.EqualFold(doc.Meta.Kind, "article") {
		index /= 2
	}
	why := fmt.Sprintf("it holds %d characters of running text and %d links that look like releases", prose, len(taken))
	if prose > index {
		return Page, why
	}
	return Index, why
}

const (
	// proseAlone is how much running text goes with one link of an index page: a
	// teaser.
	proseAlone = 300
	// proseLeast is from how many characters on a block is running text.
	proseLeast = 80
)

// proseRunes counts the characters of a page's running text, the texts of links
// left out.
func proseRunes(doc *document.Document, taken []Link) int {
	headline := map[string]bool{}
	for _, k := range taken {
		headline[letters.Line(k.Text)] = true
	}
	n := 0
	for _, b := range doc.Blocks {
		text := doc.TextOf(b)
		size := utf8.RuneCountInString(text)
		if b.Kind == document.Heading || size < proseLeast || headline[letters.Line(text)] {
			continue
		}
		n += size
	}
	return n
}

// cutAway returns the blocks of a page whose words are not in the text that was
// read from it.
func cutAway(page, text string) []string {
	out := []string{}
	kept := lettersOf(text)
	seen := map[string]bool{}
	for _, s := range blocksOf(page) {
		if !strings.Contains(kept, lettersOf(s)) && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// blocksOf returns the texts of the blocks of a page that have a letter, in its order.
func blocksOf(page string) []string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	var out []string
	var block strings.Builder
	flush := func() {
		s := strings.Join(strings.Fields(block.String()), " ")
		block.Reset()
		if lettersOf(s) != "" {
			out = append(out, s)
		}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			block.WriteString(n.Data)
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style, n.DataAtom == atom.Noscript, n.DataAtom == atom.Template,
			n.DataAtom == atom.Head:
			return
		}
		apart := n.Type == html.ElementNode && !inline(n.DataAtom)
		if apart {
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if apart {
			flush()
		}
	}
	walk(root)
	flush()
	return out
}

func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.Span, atom.Font, atom.Sup, atom.Sub, atom.U, atom.Small, atom.Abbr,
		atom.Time, atom.Cite, atom.Q, atom.Mark, atom.Code:
		return true
	}
	return false
}

func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if letters.Word(r) {
			return r
		}
		return -1
	}, letters.Line(s))
}

// Take fetches one document for the archive, as "ingest URL" does. The error says
// why what answered is not taken: the user asked for a document, not for its error
// page.
func (in Inspector) Take(ctx context.Context, address string) (archive.Input, error) {
	resp, err := in.Client.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return archive.Input{}, err
	}
	j := in.words().Judge(resp, Known{}, document.Options{PDF: in.PDF})
	if j.Standing != Well {
		if resp.Redirected() {
			return archive.Input{}, fmt.Errorf("%s, where the address leads: %s", resp.URL, j.Reason)
		}
		return archive.Input{}, errors.New(j.Reason)
	}
	out := archive.Input{
		Name:       address,
		Data:       resp.Body,
		MediaType:  resp.MediaType,
		URL:        resp.Requested,
		CapturedAt: resp.FetchedAt,
		Witnessed:  true,
	}
	if j.Misled {
		out.Overrides.Source = resp.Requested
	}
	return out, nil
}
