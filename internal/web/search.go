package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// searchData is the page of a search.
type searchData struct {
	Query   string
	Filter  searchFilter
	Asked   bool
	Days    []*timeline.Release // of the day that was looked for
	Answer  *namedAnswer        // of the series that the words name, nil where they name none or several
	Named   []seriesChoice      // series of a party that is called so, without that one
	Topics  []foundTopic        // that are called so
	Groups  []searchGroup
	Hits    int
	More    bool // there are further hits
	Series  []seriesChoice
	Parties []timeline.Party
	Acts    []timeline.Act
	Phrase  string // address of the ledger of the same words
}

// searchGroup is the hits of one release.
type searchGroup struct {
	ask.SearchHit        // the first of them
	SeriesName    string // of the release
	Hits          []searchHit
}

// searchHit is a statement that was found.
type searchHit struct {
	ask.SearchStatement
	Pieces []piece
}

// seriesChoice is a series to choose in a form.
type seriesChoice struct {
	ID   timeline.SeriesID
	Name string
	News link // what its latest release changed; zero where that was not asked for
}

// piece is a run of text, with whether it was looked for.
type piece struct {
	Text  string
	Found bool
}

// searchFilter is the rest of the question as it stands in the address.
type searchFilter struct {
	Series       string // "" for all
	Speaker      timeline.Party
	Act          timeline.Act
	Since, Until timeline.Date
}

// hitsShown is how many hits a page has.
const hitsShown = 100

func readSearchFilter(q url.Values) (f searchFilter, err error) {
	if f.Since, f.Until, err = readDays(q); err != nil {
		return f, err
	}
	f.Series, f.Speaker, f.Act = q.Get("series"), timeline.Party(q.Get("speaker")), timeline.Act(q.Get("act"))
	return f, nil
}

// given returns the parameters of an address that have a value.
func given(params map[string]string) url.Values {
	v := url.Values{}
	for key, value := range params {
		if value != "" {
			v.Set(key, value)
		}
	}
	return v
}

// readDays reads the range of days that many pages take.
func readDays(q url.Values) (since, until timeline.Date, err error) {
	first, err := readSpan(q, "since")
	if err != nil {
		return since, until, err
	}
	last, err := readSpan(q, "until")
	return first.First, last.Last, err
}

// readSpan reads a date as the command line takes it: 2031-04-17, 2031-04, 2031, 30d.
func readSpan(q url.Values, name string) (timeline.Span, error) {
	span, err := timeline.ParseSpan(strings.TrimSpace(q.Get(name)), timeline.DateOf(time.Now()))
	if err != nil {
		return span, &badRequest{name + ": " + err.Error()}
	}
	return span, nil
}

// archive returns the filter as the archive understands it.
func (f searchFilter) archive(st *snapshot, limit int) archive.SearchFilter {
	out := archive.SearchFilter{Since: f.Since, Until: f.Until, Speaker: f.Speaker, Act: f.Act, Limit: limit}
	if f.Series != "" {
		id := seriesID(f.Series)
		out.Series = &id
	}
	return out
}

func (s *Server) search(r *http.Request, st *snapshot) (*page, error) {
	q := r.URL.Query()
	f, err := readSearchFilter(q)
	if err != nil {
		return nil, err
	}
	words := strings.TrimSpace(q.Get("q"))
	d := searchData{Query: words, Filter: f, Acts: timeline.Acts(), Series: s.seriesChoices(st), Parties: s.parties(st)}
	p := &page{View: "search", Title: "Search", Query: words}
	if words == "" {
		p.Data = d
		return p, nil
	}
	hits, err := s.find(r, st, words, f, hitsShown+1)
	if err != nil {
		return nil, err
	}
	if d.Topics, err = s.namedTopics(r, st, words, f, hits); err != nil {
		return nil, err
	}
	if d.Answer, d.Named, err = s.answerNamed(r, st, words); err != nil {
		return nil, err
	}
	d.Days = onDays(st, words)
	d.Asked, d.More = true, len(hits) > hitsShown
	hits = hits[:min(hitsShown, len(hits))]
	d.Hits = len(hits)
	d.Groups = s.groupHits(hits, looked(words))
	d.Phrase = "/phrase?" + url.Values{"q": {strings.Trim(words, `"`)}, "series": {f.Series}}.Encode()
	p.Title, p.Data = "Search: "+words, d
	return p, nil
}

// groupHits puts neighbouring hits of one release together.
func (s *Server) groupHits(hits []archive.Hit, words []string) []searchGroup {
	var out []searchGroup
	for _, h := range hits {
		hit := ask.NewSearchHit(h.Release, h.Statement)
		if n := len(out); n == 0 || out[n-1].Release != hit.Release {
			out = append(out, searchGroup{SearchHit: hit, SeriesName: seriesName(hit.Series, s.Names)})
		}
		g := &out[len(out)-1]
		g.Hits = append(g.Hits, searchHit{hit.Statement, mark(hit.Statement.Text, words)})
	}
	return out
}

// seriesChoices returns the series of a form, in order of their names' codes.
func (s *Server) seriesChoices(st *snapshot) []seriesChoice {
	var out []seriesChoice
	for _, id := range sortedIDs(st) {
		name := unknownSeries
		if id != "" {
			name = string(id)
		}
		out = append(out, seriesChoice{ID: timeline.SeriesID(name), Name: seriesName(id, s.Names)})
	}
	slices.SortStableFunc(out, func(a, b seriesChoice) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// parties returns all parties that any series has, in the order of their names.
func (s *Server) parties(st *snapshot) []timeline.Party {
	var out []timeline.Party
	for id := range st.series {
		out = append(out, id.Parties()...)
	}
	out = timeline.SortParties(out)
	slices.SortStableFunc(out, func(a, b timeline.Party) int { return strings.Compare(s.Names(a), s.Names(b)) })
	return out
}

// looked returns the words and phrases that a query looks for, without quotation
// marks and without those that must not occur.
func looked(query string) []string {
	var out []string
	for s := strings.TrimSpace(query); s != ""; s = strings.TrimSpace(s) {
		rest, not := strings.CutPrefix(s, "-")
		var w string
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			w, s, _ = strings.Cut(quoted, `"`)
		} else {
			w, s, _ = strings.Cut(rest, " ")
		}
		if w = strings.TrimSpace(w); w != "" && !not {
			out = append(out, w)
		}
	}
	return out
}

// mark cuts a text where one of the words begins and ends. Case does not count; a
// word that is found under other accents only stays unmarked.
func mark(text string, words []string) []piece {
	var out []piece
	rest := 0 // of text, not yet put out
	for i := 0; i < len(text); {
		n := 0
		if i == 0 || !letters.Word(lastRune(text[:i])) {
			for _, w := range words {
				n = max(n, prefixFold(text[i:], w))
			}
		}
		if n > 0 {
			if rest < i {
				out = append(out, piece{text[rest:i], false})
			}
			out = append(out, piece{text[i : i+n], true})
			i += n
			rest = i
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	if rest < len(text) {
		out = append(out, piece{text[rest:], false})
	}
	return out
}

// prefixFold returns how many bytes of s are the word w in any case, 0 where s does
// not begin with it or goes on in the middle of a word.
func prefixFold(s, w string) int {
	i := 0
	for _, want := range w {
		got, size := utf8.DecodeRuneInString(s[i:])
		if size == 0 || unicode.ToLower(got) != unicode.ToLower(want) {
			return 0
		}
		i += size
	}
	if next, size := utf8.DecodeRuneInString(s[i:]); size > 0 && letters.Word(next) && letters.Word(lastRune(w)) &&
		!letters.Unspaced(next) {
		return 0
	}
	return i
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
