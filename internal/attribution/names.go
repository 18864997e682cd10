package attribution

import (
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/gazetteer"
	"readout/timeline"
)

// naming is a place in a text where a person or an office is named: "Foreign
// Minister Brimdal", "the President", "Mr. Quintrel, Minister of Foreign Affairs
// of the Republic of Chile".
type naming struct {
	first, end int      // tokens, the article and an apposition included
	name       []string // folded words of the name, nil for a bare title
	full       string   // the name as printed
	title      string   // as printed, without country
	heads      []string // the title's words in lower case, without connectors
	country    []timeline.Party
	gender     byte // 'm', 'f' or 0
	definite   bool // begins with "the"
	former     bool
}

// reader reads names off the tokens of one statement.
type reader struct {
	lex   *Lexicon
	toks  []token
	at    map[int]place // by first token
	seats map[int]place // capitals, which may stand for their governments
	known func(word string) bool
}

// place is a gazetteer mention in tokens.
type place struct {
	end     int
	parties []timeline.Party
	demonym bool
}

// newReader tokenizes text and finds the countries in it. Known reports whether
// a folded word belongs to the name of someone already introduced.
func newReader(text string, g *gazetteer.Gazetteer, lex *Lexicon, known func(string) bool) *reader {
	r := &reader{lex: lex, toks: tokenize(text), known: known}
	r.at = r.places(g.Find(text), text)
	r.seats = r.places(g.Seats(text), text)
	return r
}

// places turns mentions by bytes into places by tokens. A mention that is only
// a part of a token, such as "U.S.-Japan", names nobody who could act.
func (r *reader) places(mentions []gazetteer.Mention, text string) map[int]place {
	out := make(map[int]place, len(mentions))
	i := 0
	for _, m := range mentions {
		for i < len(r.toks) && r.toks[i].end <= m.Start {
			i++
		}
		j := i
		for j < len(r.toks) && r.toks[j].start < m.End {
			j++
		}
		if i == j || r.toks[i].start != m.Start {
			continue
		}
		// The gazetteer's names may end before the dot of an abbreviation.
		if end := r.toks[j-1].end; end != m.End && (end < m.End || strings.Trim(text[m.End:end], ".") != "") {
			continue
		}
		out[i] = place{end: j, parties: append([]timeline.Party{m.Party}, m.Or...), demonym: m.Demonym}
	}
	return out
}

func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].low
}

func (r *reader) capital(i int) bool {
	return i >= 0 && i < len(r.toks) && r.toks[i].word && r.toks[i].upper
}

func (r *reader) isTitle(i int) bool {
	return r.capital(i) && r.lex.is("title", r.low(i))
}

func (r *reader) isTitleWord(i int) bool {
	return r.capital(i) && (r.lex.is("title", r.low(i)) || r.lex.is("portfolio", r.low(i)) ||
		r.low(i) == "under" && r.low(i+1) == "secretary")
}

// namings returns every naming in the text, in order.
func (r *reader) namings() []naming {
	var out []naming
	for i := 0; i < len(r.toks); {
		n, ok := r.naming(i)
		if !ok {
			i++
			continue
		}
		out = append(out, n)
		i = n.end
	}
	return out
}

// naming reads a naming that begins at token i.
func (r *reader) naming(i int) (naming, bool) {
	n := naming{first: i}
	if r.low(i) == "the" {
		n.definite = true
		i++
	} else if r.isPossessive(i) && !r.capital(i) {
		i++ // "his Israeli counterpart NAME"
	}
	switch r.low(i) {
	case "former", "late", "then", "incoming", "outgoing":
		n.former = r.low(i) != "incoming" && r.low(i) != "outgoing"
		i++
	}
	i = r.countryBefore(i, &n)
	i = r.honorifics(i, &n)
	i = r.title(i, &n)
	if r.low(i) == "counterpart" && n.country != nil {
		n.heads = append(n.heads, "counterpart")
		i++
	}
	// "the Secretary General of the Party, NAME," and "Dr." after the title
	if r.low(i) == "," && n.title != "" && n.definite && r.nameLength(i+1) > 1 && r.low(i+1+r.nameLength(i+1)) != "and" {
		i++
	}
	i = r.honorifics(i, &n)
	end := i + r.nameLength(i)
	if end > i {
		if n.title == "" && n.gender == 0 && len(n.heads) == 0 && !r.honorific(i-1) && !r.introduced(i, end) {
			return n, false
		}
		r.setName(&n, i, end)
		i = r.countryAfter(end, &n)
		i = r.apposition(i, &n)
	} else if n.title == "" {
		return n, false
	}
	n.end = i
	return n, i > n.first
}

// introduced reports whether the bare name toks[i:end] may stand without title:
// it is known already, or a title follows it in apposition.
func (r *reader) introduced(i, end int) bool {
	all := true
	for k := i; k < end; k++ {
		if r.toks[k].word && !r.known(fold(r.toks[k].text)) {
			all = false
		}
	}
	if all {
		return true
	}
	if end-i < 2 || r.low(end) != "," {
		return false
	}
	var n naming
	k := end + 1
	if r.low(k) == "the" {
		k++
	}
	k = r.countryBefore(k, &n)
	j := r.title(k, &n)
	return j > k && n.title != "" && r.nameLength(j) == 0
}

// countryBefore reads "Japanese", "Japan's", "Republic of Korea" before a title.
func (r *reader) countryBefore(i int, n *naming) int {
	p, ok := r.at[i]
	if !ok {
		return i
	}
	j := p.end
	if r.low(j) == "'s" {
		j++
	}
	if !r.isTitleWord(j) && !r.honorific(j) && r.low(j) != "counterpart" && !p.demonym {
		return i
	}
	if p.demonym && !r.capital(j) && r.low(j) != "counterpart" {
		return i
	}
	n.country = p.parties
	return j
}

// countryAfter reads "of Japan" and "of the Republic of Chile".
func (r *reader) countryAfter(i int, n *naming) int {
	if r.low(i) != "of" {
		return i
	}
	j := i + 1
	if r.low(j) == "the" {
		j++
	}
	p, ok := r.at[j]
	if !ok || p.demonym || r.low(p.end) == "'s" {
		return i
	}
	if n.country == nil {
		n.country = p.parties
	}
	if r.low(p.end) == "(" && r.low(p.end+2) == ")" {
		return p.end + 3
	}
	return p.end
}

func (r *reader) honorific(i int) bool {
	return r.capital(i) && r.lex.is("honorific", r.low(i))
}

func (r *reader) honorifics(i int, n *naming) int {
	for ; r.honorific(i); i++ {
		if g := r.lex.words["honorific"][r.low(i)]; g != "" {
			n.gender = g[0]
		}
		if len(n.heads) == 0 {
			n.heads = append(n.heads, "") // a courtesy title marks a person too
		}
	}
	return i
}

// title reads a title: capitalised words of office, with what joins them ("of
// the", "for", "to the", "and") and the countries among them.
func (r *reader) title(i int, n *naming) int {
	start, end := i, i
	heads := 0
	var words []string
	country := n.country
loop:
	for i < len(r.toks) {
		if p, ok := r.at[i]; ok && (i > start || !p.demonym) && r.inTitle(i, p.end, heads) {
			if country == nil {
				country = p.parties
			}
			i = p.end
			if r.low(i) == "'s" {
				i++
			} else if r.low(i-1) != "'s" && heads > 0 {
				end = i
			}
			continue
		}
		switch {
		case r.isTitleWord(i):
			if r.isTitle(i) {
				heads++
			}
			words = append(words, r.low(i))
			i++
			end = i
		case r.capital(i) && heads > 0 && i > start && isOfFor(r.low(i-1), r.low(i-2)) && !r.known(fold(r.toks[i].text)):
			// An unknown portfolio: "Minister for Digital Affairs".
			words = append(words, r.low(i))
			i++
			end = i
		case heads > 0 && isConnector(r.low(i)):
			if r.low(i) == "and" && r.breaksAt(i, start, words, n.definite) {
				break loop
			}
			i++
		case r.low(i) == "&":
			i++
		default:
			break loop
		}
	}
	if heads == 0 {
		return start
	}
	n.country = country
	n.heads = append(n.heads, words...)
	n.title = r.print(start, end)
	return end
}

// inTitle reports whether the country at tokens [i, end) is a part of the title
// around it: it follows "of" or stands before a word of office.
func (r *reader) inTitle(i, end, heads int) bool {
	prev := r.low(i - 1)
	if heads > 0 && (prev == "of" || prev == "the" && r.low(i-2) == "of") {
		return true
	}
	if r.low(end) == "'s" {
		end++
	}
	return r.isTitleWord(end)
}

func isConnector(word string) bool {
	switch word {
	case "of", "for", "to", "the", "and", "on", "at", "in":
		return true
	}
	return false
}

func isOfFor(prev, before string) bool {
	if prev == "the" {
		prev = before
	}
	return prev == "of" || prev == "for"
}

// breaksAt reports whether the "and" at token i parts two offices rather than
// joining two of one person.
func (r *reader) breaksAt(i, start int, words []string, definite bool) bool {
	if r.low(i+1) == "the" || r.honorific(i+1) {
		return true
	}
	if _, ok := r.at[i+1]; ok {
		return true
	}
	if definite && len(words) <= 2 {
		return true
	}
	if !r.isTitleWord(i + 1) {
		return !r.capital(i+1) || !isOfFor(r.low(start), "") && !slices.Contains(words, "affairs")
	}
	return isHighOffice(strings.Join(words, " "))
}

// isHighOffice reports whether the title is one of those of which a state has
// one, so that "President and Prime Minister" are two persons.
func isHighOffice(title string) bool {
	switch title {
	case "president", "vice president", "prime minister", "premier", "chancellor", "king", "queen",
		"foreign minister", "secretary", "secretary state", "minister", "chairman":
		return true
	}
	return false
}

// nameLength returns how many tokens of a personal name begin at token i.
func (r *reader) nameLength(i int) int {
	start := i
	for i < len(r.toks) {
		t := r.toks[i]
		switch {
		case t.word && t.upper && i == start && r.isTitleWord(i):
			return i - start
		case t.word && t.upper && !r.stopsName(i):
			i++
		case i > start && t.word && r.lex.is("particle", t.low) && r.capital(i+1):
			i++
		case i > start && t.low == "." && utf8.RuneCountInString(r.toks[i-1].text) == 1:
			i++
		case i > start && t.low == "," && (r.low(i+1) == "jr." || r.low(i+1) == "jr" || r.low(i+1) == "sr."):
			i += 2
			if r.low(i) == "." {
				i++
			}
			return i - start
		default:
			return i - start
		}
	}
	return i - start
}

// stopsName reports whether the capitalised word at token i is no part of a name.
func (r *reader) stopsName(i int) bool {
	if p, ok := r.at[i]; ok && (p.demonym || p.end > i+1) {
		return true
	}
	if r.isTitle(i) || r.honorific(i) && !strings.HasPrefix(r.low(i), "jr") {
		return true
	}
	return isCalendarWord(r.low(i)) || isSentenceWord(r.low(i))
}

// isCalendarWord reports whether the word names a day or month.
func isCalendarWord(word string) bool {
	switch word {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december", "today", "yesterday":
		return true
	}
	return false
}

// isSentenceWord reports whether the word is one that is capitalised only
// because it begins a sentence.
func isSentenceWord(word string) bool {
	switch word {
	case "the", "a", "an", "this", "that", "these", "those", "in", "on", "at", "as", "to", "for", "from", "with",
		"and", "but", "he", "she", "it", "they", "we", "both", "during", "following", "after", "before", "while",
		"regarding", "concerning", "also", "finally", "then", "there", "their", "his", "her", "our", "its",
		"second", "first", "third", "turning", "noting", "recognizing", "building", "i", "readout", "meeting",
		"call", "when", "since", "if", "by", "under", "through", "beyond", "further", "furthermore", "moreover",
		"of", "all", "each", "together", "today", "one", "two", "later", "earlier":
		return true
	}
	return false
}

func (r *reader) isPossessive(i int) bool {
	switch r.low(i) {
	case "his", "her", "their", "its":
		return true
	}
	return false
}

// apposition reads ", Minister of Foreign Affairs of the Republic of Chile,".
func (r *reader) apposition(i int, n *naming) int {
	if r.low(i) != "," || n.title != "" && n.country != nil {
		return i
	}
	j := i + 1
	if r.low(j) == "the" {
		j++
	}
	m := naming{country: n.country}
	j = r.countryBefore(j, &m)
	k := r.title(j, &m)
	if k == j || r.nameLength(k) > 0 {
		return i
	}
	k = r.countryAfter(k, &m)
	n.country = m.country
	if n.title == "" {
		n.title = m.title
	}
	n.heads = append(n.heads, m.heads...)
	if r.low(k) == "," {
		k++
	}
	return k
}

func (r *reader) setName(n *naming, i, end int) {
	n.full = r.print(i, end)
	for ; i < end; i++ {
		if !r.toks[i].word || r.lex.is("particle", r.toks[i].low) {
			continue
		}
		w := fold(r.toks[i].text)
		if w == "jr" || w == "sr" || len(w) < 2 {
			continue
		}
		n.name = append(n.name, w)
	}
}

// print returns the text of tokens [i, end) as printed.
func (r *reader) print(i, end int) string {
	if i >= end {
		return ""
	}
	var b strings.Builder
	for k := i; k < end; k++ {
		if k > i && r.toks[k-1].end < r.toks[k].start {
			b.WriteByte(' ')
		}
		b.WriteString(r.toks[k].text)
	}
	return b.String()
}
