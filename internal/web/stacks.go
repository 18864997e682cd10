package web

import (
	"container/list"
	"sync"
)

// stacks bounds what is kept of series that were read: the shelves that were not asked for
// longest are cleared first. The zero limit keeps one.
type stacks struct {
	limit int // bytes

	mu     sync.Mutex
	recent list.List // of *stacked, the last used first
	at     map[*shelf]*list.Element
	size   int
}

type stacked struct {
	shelf *shelf
	size  int
}

func newStacks(limit int) *stacks { return &stacks{limit: limit, at: map[*shelf]*list.Element{}} }

// What a series takes beside its text once it was compared with itself, by measure: its
// statements are cut into words and weighed, and every topic has its thread.
const (
	perStatement = 2 << 10
	perTextByte  = 4
)

// weight is about how many bytes a volume takes.
func (v *volume) weight() int {
	n := 0
	for _, r := range v.Releases {
		n += perTextByte*len(r.Text) + perStatement*(1+len(r.Statements))
	}
	return n
}

// used notes that a shelf was asked for, and clears others where they are too many.
func (s *stacks) used(sh *shelf, v *volume) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.at[sh]; e != nil {
		s.recent.MoveToFront(e)
		return
	}
	s.at[sh] = s.recent.PushFront(&stacked{sh, v.weight()})
	s.size += v.weight()
	for s.size > s.limit && s.recent.Len() > 1 {
		old := s.recent.Remove(s.recent.Back()).(*stacked)
		delete(s.at, old.shelf)
		s.size -= old.size
		old.shelf.clear()
	}
}
