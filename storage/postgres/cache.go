package postgres

import (
	"sync"

	"readout/storage"
)

// cacheMost is how many bytes of rows are remembered.
const cacheMost = 64 << 20

// cache remembers what was answered about one state of the store, which the token of its
// last commit names: while nobody writes, nothing need be asked twice.
type cache struct {
	state string

	mu    sync.Mutex
	users int // transactions that use it
	known map[question]map[string]page
	bytes int
}

// question is what was asked about a key of a table.
type question int

const (
	aValue  question = iota // the row under the key; no row where there is none
	theLast                 // the last row whose key begins so, without its value; no row for none
	aPage                   // the first rows from the key on, one at least unless the table ends
)

func newCache(state string) *cache {
	c := &cache{state: state}
	c.clear()
	return c
}

func (c *cache) clear() {
	c.known, c.bytes = map[question]map[string]page{aValue: {}, theLast: {}, aPage: {}}, 0
}

// cacheKey names a key, or a prefix, of a table.
func cacheKey(table string, key []byte) string { return table + "\x00" + string(key) }

// get returns what was answered, and whether it was asked.
func (c *cache) get(q question, table string, key []byte) (page, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.known[q][cacheKey(table, key)]
	return p, ok
}

func (c *cache) put(q question, table string, key []byte, p page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(q, table, key, p)
}

// keep is put for who holds the lock. Everything is forgotten where it would be too much.
func (c *cache) keep(q question, table string, key []byte, p page) {
	size := len(table) + len(key)
	for _, r := range p.rows {
		size += len(r.Key) + len(r.Value)
	}
	if c.bytes += size; c.bytes > cacheMost {
		c.clear()
		c.bytes = size
	}
	c.known[q][cacheKey(table, key)] = p
}

func (c *cache) enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.users++
}

func (c *cache) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.users--
}

// cacheOf returns the cache of a state, entered.
func (s *server) cacheOf(state string) *cache {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache == nil || s.cache.state != state {
		s.cache = newCache(state)
	}
	s.cache.enter()
	return s.cache
}

// succeed makes the cache of the state before a commit into that of the state after it,
// where no other transaction still reads the state before.
func (s *server) succeed(c *cache, state string, written []entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.cache != c || c.users > 1 {
		return
	}
	c.state = state
	clear(c.known[theLast])
	clear(c.known[aPage])
	for _, w := range written {
		c.keep(aValue, w.table, w.Key, valueOf(w.Value))
	}
}

// page are some rows of a table, one after another.
type page struct {
	rows []storage.Row
	end  bool // the table ends with them
}

// valueOf is the answer about one row: nil where there is none.
func valueOf(value []byte) page {
	if value == nil {
		return page{}
	}
	return page{rows: []storage.Row{{Value: value}}}
}

// keyOf is the answer about the last key: nil where there is none.
func keyOf(key []byte) page {
	if key == nil {
		return page{}
	}
	return page{rows: []storage.Row{{Key: key}}}
}

// first is the first row, the zero value for none.
func (p page) first() storage.Row {
	if len(p.rows) == 0 {
		return storage.Row{}
	}
	return p.rows[0]
}
