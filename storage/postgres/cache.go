package postgres

import "sync"

// cacheMost is how many bytes of rows are remembered.
const cacheMost = 64 << 20

// cache remembers rows of one state of the store, which the token of its last commit
// names: while nobody writes, nothing need be asked twice.
type cache struct {
	state string

	mu     sync.Mutex
	users  int                              // transactions that use it
	values map[remembered]map[string][]byte // see [cacheKey]
	pages  map[string]page                  // first pages of scans, by table, 0 and the key they begin with
	bytes  int
}

// remembered is what a value in a cache is.
type remembered int

const (
	aValue  remembered = iota // of the key of a row; nil for what is not there
	theLast                   // greatest key with a prefix; nil for none
)

func newCache(state string) *cache {
	c := &cache{state: state}
	c.clear()
	return c
}

func (c *cache) clear() {
	c.values = map[remembered]map[string][]byte{aValue: {}, theLast: {}}
	c.pages, c.bytes = map[string]page{}, 0
}

// cacheKey names a key, or a prefix, of a table.
func cacheKey(table string, key []byte) string { return table + "\x00" + string(key) }

// get returns what is remembered under a key in one of the cache's maps.
func (c *cache) get(in remembered, k string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.values[in][k]
	return v, ok
}

func (c *cache) put(in remembered, k string, v []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.grow(len(k) + len(v))
	c.values[in][k] = v
}

// grow makes room: everything is forgotten where it would be too much.
func (c *cache) grow(n int) {
	if c.bytes += n; c.bytes > cacheMost {
		c.clear()
		c.bytes = n
	}
}

func (c *cache) page(k string) (page, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.pages[k]
	return p, ok
}

func (c *cache) putPage(k string, p page) {
	size := len(k)
	for _, r := range p.rows {
		size += len(r.Key) + len(r.Value)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.grow(size)
	c.pages[k] = p
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
	clear(c.values[theLast])
	clear(c.pages)
	for _, w := range written {
		k := cacheKey(w.table, w.Key)
		c.grow(len(k) + len(w.Value))
		c.values[aValue][k] = w.Value
	}
}
