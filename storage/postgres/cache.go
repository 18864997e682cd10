package postgres

import "sync"

// cacheMost is how many bytes of rows are remembered.
const cacheMost = 64 << 20

// cache remembers rows of one state of the store, which the token of its last commit
// names: while nobody writes, nothing need be asked twice.
type cache struct {
	state string

	mu    sync.Mutex
	users int               // transactions that use it
	rows  map[string][]byte // by table, 0 and key; nil for what is not there
	lasts map[string][]byte // greatest keys, by table, 0 and prefix
	pages map[string]page   // first pages of scans, by table, 0 and the key they begin with
	bytes int
}

func newCache(state string) *cache {
	c := &cache{state: state}
	c.clear()
	return c
}

func (c *cache) clear() {
	c.rows, c.lasts, c.pages, c.bytes = map[string][]byte{}, map[string][]byte{}, map[string]page{}, 0
}

func cacheKey(table string, key []byte) string { return table + "\x00" + string(key) }

func (c *cache) get(k string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.rows[k]
	return v, ok
}

func (c *cache) put(k string, v []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.grow(len(k) + len(v))
	c.rows[k] = v
}

// grow makes room: everything is forgotten where it would be too much.
func (c *cache) grow(n int) {
	if c.bytes += n; c.bytes > cacheMost {
		c.clear()
		c.bytes = n
	}
}

func (c *cache) last(k string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.lasts[k]
	return v, ok
}

func (c *cache) putLast(k string, v []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.grow(len(k) + len(v))
	c.lasts[k] = v
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

// remembered returns the cache of a state, entered.
func (s *server) remembered(state string) *cache {
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
	clear(c.lasts)
	clear(c.pages)
	for _, w := range written {
		k := cacheKey(w.table, w.Key)
		c.grow(len(k) + len(w.Value))
		c.rows[k] = w.Value
	}
}
