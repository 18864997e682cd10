package speech

import (
	"slices"
	"strings"
)

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

// mostHonorifics is how many courtesy titles stand before a name at most: "H. E. Prof. Dr.".
const mostHonorifics = 8

// honorifics reads courtesy titles.
func (r *reader) honorifics(i int, n *naming) int {
	for range mostHonorifics {
		if r.capital(i) && r.lex.is("honorific", r.low(i)+r.low(i+1)) {
			i++ // "H. E."
		} else if !r.honorific(i) {
			break
		}
		if g := r.lex.words["honorific"][r.low(i)]; g != "" {
			n.gender = g[0]
		}
		if len(n.heads) == 0 {
			n.heads = append(n.heads, "") // a courtesy title marks a person too
		}
		i++
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
		case r.isTitleWord(i) || n.small && r.toks[i].word && (r.lex.is("title", r.low(i)) || r.lex.is("portfolio", r.low(i))):
			if r.lex.is("title", r.low(i)) {
				heads++
			}
			words = append(words, r.titleWords(i)...)
			i++
			end = i
		case r.capital(i) && heads > 0 && i > start && isOfFor(r.low(i-1), r.low(i-2)) && !r.known(fold(r.word(i))):
			// An unknown portfolio: "Minister for Digital Affairs".
			words = append(words, r.low(i))
			i++
			end = i
		case isConnector(r.low(i)) && (heads > 0 || i > start && (r.low(i) == "to" || r.low(i-1) == "to")): // "Assistant to the President"
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

// titleWords returns the word of office at token i, an abbreviation ("FM") in full.
func (r *reader) titleWords(i int) []string {
	if full := r.lex.words["title"][r.low(i)]; full != "" {
		return strings.Fields(full)
	}
	return []string{r.low(i)}
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

// apposition reads ", Minister of Foreign Affairs of the Republic of Chile,".
func (r *reader) apposition(i int, n *naming) int {
	if r.low(i) != "," || n.title != "" && n.country != nil {
		return i
	}
	j := i + 1
	if r.low(j) == "the" {
		j++
	}
	m := naming{country: n.country, small: true}
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
