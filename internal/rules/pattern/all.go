package pattern

// The methods of this file are those of [regexp.Regexp] of the same names.

// Match reports whether b holds a match.
func (p *Pattern) Match(b []byte) bool { return p.Regexp().Match(b) }

// FindSubmatch returns the first match in b and its groups, or nil.
func (p *Pattern) FindSubmatch(b []byte) [][]byte { return p.Regexp().FindSubmatch(b) }

// FindStringSubmatch returns the first match in s and its groups, or nil.
func (p *Pattern) FindStringSubmatch(s string) []string {
	re := p.Regexp()
	if !p.may(s) {
		return nil
	}
	return re.FindStringSubmatch(s)
}

// FindAllString returns the first n matches in s, all where n is negative.
func (p *Pattern) FindAllString(s string, n int) []string {
	re := p.Regexp()
	if !p.may(s) {
		return nil
	}
	return re.FindAllString(s, n)
}

// FindAllStringIndex returns the places of the first n matches in s, of all where n is negative.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	re := p.Regexp()
	if !p.may(s) {
		return nil
	}
	return re.FindAllStringIndex(s, n)
}

// FindAllStringSubmatch returns the first n matches in s with their groups, all where n is negative.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	re := p.Regexp()
	if !p.may(s) {
		return nil
	}
	return re.FindAllStringSubmatch(s, n)
}

// ReplaceAllString returns s with each match replaced, in which $1 stands for the first group.
func (p *Pattern) ReplaceAllString(s, with string) string {
	re := p.Regexp()
	if !p.may(s) {
		return s
	}
	return re.ReplaceAllString(s, with)
}

// ReplaceAllStringFunc returns s with each match replaced by what the function makes of it.
func (p *Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	re := p.Regexp()
	if !p.may(s) {
		return s
	}
	return re.ReplaceAllStringFunc(s, with)
}

// Split cuts s at its matches into at most n pieces, into all where n is negative.
func (p *Pattern) Split(s string, n int) []string { return p.Regexp().Split(s, n) }
