package formula

// scratch is space that is used again and again while a series is gone through. What stands in it
// holds until the next use.
type scratch struct {
	counts counter
	shares shares
	row    []float64
}

// counter counts words. What is counted holds for those of met alone.
type counter struct {
	round int32
	of    []wordCount // by word
	met   []int32     // the words that were counted, in the order in which they were met
}

// wordCount is how often a word was met.
type wordCount struct {
	round            int32 // in which it was counted
	next             int   // where its next place is put, see [miner.partition]
	places, meetings int
	last             int // meeting
}

// counter returns a counter that has counted nothing yet, for so many words.
func (s *scratch) counter(words int) *counter {
	c := &s.counts
	if len(c.of) < words {
		c.of = make([]wordCount, words)
		c.round = 0
	}
	c.round++
	c.met = c.met[:0]
	return c
}

// shares are what sentences share with the words of one formula.
type shares struct {
	round int32
	of    []share // by sentence
}

type share struct {
	round   int32
	telling bool    // some word that they share is not said of every subject
	weight  float64 // of the words that they share
}

// sharing returns shares of nothing, for so many sentences.
func (s *scratch) sharing(sentences int) *shares {
	if len(s.shares.of) < sentences {
		s.shares = shares{of: make([]share, sentences)}
	}
	s.shares.round++
	return &s.shares
}

// at returns what a sentence shares.
func (s *shares) at(sentence int) *share {
	x := &s.of[sentence]
	if x.round != s.round {
		*x = share{round: s.round}
	}
	return x
}

// weights returns so many zeros.
func (s *scratch) weights(n int) []float64 {
	if cap(s.row) < n {
		s.row = make([]float64, n)
	}
	s.row = s.row[:n]
	clear(s.row)
	return s.row
}
