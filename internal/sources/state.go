package sources

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"readout/internal/document"
	"readout/internal/sources/fetch"
	"readout/storage"
)

// What is remembered from run to run lies in the store's notes about fetching, as
// JSON:
//
//	ADDRESS        -> pageState
//	source NAME    -> sourceState
//	host ORIGIN    -> fetch.Host
//	final ADDRESS  -> the address of the page that leads there
//
// Notes that cannot be read are as good as none: what they were about is asked for
// again, and the archive knows what it has.
const (
	sourceKey = "source "
	hostKey   = "host "
	finalKey  = "final "
)

// pageState is what is known of one page.
type pageState struct {
	Source  string    `json:"source"`
	Seen    time.Time `json:"seen"`             // first named by the list
	Checked time.Time `json:"checked,omitzero"` // last judged
	Fetched time.Time `json:"fetched,omitzero"` // last seen whole and well; zero for never
	Changed time.Time `json:"changed,omitzero"` // last seen with a text that was not there before
	Stored  time.Time `json:"stored,omitzero"`  // last given to the archive
	Next    time.Time `json:"next"`

	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	SHA256       string `json:"sha256,omitempty"` // of the bytes last seen well
	Known        Known  `json:"known,omitzero"`
	// Content and Remove are the selectors the page was first read by. It is read
	// by them for good: the change of a selector is no change of the page.
	Content  string `json:"content,omitempty"`
	Remove   string `json:"remove,omitempty"`
	Listed   string `json:"listed,omitempty"` // last change as the list gives it
	Final    string `json:"final,omitempty"`  // the address that answered, where another
	AliasOf  string `json:"alias_of,omitempty"`
	Failures int    `json:"failures,omitempty"` // in a row

	Standing Standing  `json:"-"` // kept beside the notes
	Reason   string    `json:"reason,omitempty"`
	Since    time.Time `json:"since,omitzero"`
}

// selectors are those a page is read by.
func (p *pageState) selectors() document.Selectors {
	return document.Selectors{Content: p.Content, Remove: p.Remove}
}

// stand notes how a page stands from now on; since when, if that is new.
func (p *pageState) stand(s Standing, reason string, now time.Time) {
	if s != p.Standing {
		p.Since = now
	}
	if p.Standing, p.Reason = s, reason; s == Well {
		p.Since = time.Time{}
	}
}

// sourceState is what is known of one source.
type sourceState struct {
	Added        time.Time   `json:"added"` // first seen in the file
	Checked      time.Time   `json:"checked,omitzero"`
	Next         time.Time   `json:"next,omitzero"`
	Settings     string      `json:"settings,omitempty"` // what the list was last read with
	ETag         string      `json:"etag,omitempty"`
	LastModified string      `json:"last_modified,omitempty"`
	Whole        time.Time   `json:"whole,omitzero"` // last read
	Links        int         `json:"links,omitempty"`
	Arrivals     []time.Time `json:"arrivals,omitempty"` // when something new was found
	Failures     int         `json:"failures,omitempty"`

	Standing Standing  `json:"-"` // kept beside the notes
	Reason   string    `json:"reason,omitempty"`
	Since    time.Time `json:"since,omitzero"`
}

func (s *sourceState) stand(st Standing, reason string, now time.Time) {
	if st != s.Standing {
		s.Since = now
	}
	if s.Standing, s.Reason = st, reason; st == Well {
		s.Since = time.Time{}
	}
}

// memory is everything remembered. Notes whose key has been touched are written
// at the next save.
type memory struct {
	pages   map[string]*pageNote
	sources map[string]*sourceState
	finals  map[string]string // address that answered -> page
	touched map[string]bool
}

// pageNote is a pageState that is read when it is needed: of thousands of pages a
// run needs the few that are due.
type pageNote struct {
	note  storage.Fetch
	state *pageState
}

// recall reads the notes of the store, and hands what is known of hosts to client.
func recall(notes map[string]storage.Fetch, client *fetch.Client) *memory {
	m := &memory{pages: map[string]*pageNote{}, sources: map[string]*sourceState{}, finals: map[string]string{}, touched: map[string]bool{}}
	hosts := map[string]fetch.Host{}
	for key, note := range notes {
		if origin, ok := strings.CutPrefix(key, hostKey); ok {
			var h fetch.Host
			if json.Unmarshal(note.Notes, &h) == nil {
				hosts[origin] = h
			}
		} else if name, ok := strings.CutPrefix(key, sourceKey); ok {
			s := &sourceState{Standing: Standing(note.Standing)}
			if json.Unmarshal(note.Notes, s) == nil {
				m.sources[name] = s
			}
		} else if final, ok := strings.CutPrefix(key, finalKey); ok {
			m.finals[final] = string(note.Notes)
		} else {
			m.pages[key] = &pageNote{note: note}
		}
	}
	client.Remember(hosts)
	return m
}

// page returns what is known of a page, nil for one that is not known.
func (m *memory) page(address string) *pageState {
	n := m.pages[address]
	if n == nil {
		return nil
	}
	if n.state == nil {
		p := &pageState{Standing: Standing(n.note.Standing), Next: n.note.Due}
		if json.Unmarshal(n.note.Notes, p) != nil {
			p = &pageState{}
		}
		n.state = p
	}
	return n.state
}

// setPage notes what is known of a page from now on.
func (m *memory) setPage(address string, p *pageState) {
	m.pages[address] = &pageNote{note: storage.Fetch{Due: p.Next}, state: p}
	m.touch(address)
	if p.Final != "" && m.finals[p.Final] == address {
		m.touch(finalKey + p.Final)
	}
}

// notes returns what was touched since the last call, to be written.
func (m *memory) notes() ([]storage.Fetch, error) {
	var out []storage.Fetch
	for _, key := range sortedKeys(m.touched) {
		f := storage.Fetch{Key: key}
		var err error
		if name, ok := strings.CutPrefix(key, sourceKey); ok {
			s := m.sources[name]
			f.Standing, f.Due = string(s.Standing), s.Next
			f.Notes, err = json.Marshal(s)
		} else if final, ok := strings.CutPrefix(key, finalKey); ok {
			f.Notes = []byte(m.finals[final])
		} else {
			p := m.pages[key].state
			f.Standing, f.Due = string(p.Standing), p.Next
			f.Notes, err = json.Marshal(p)
		}
		if err != nil {
			return nil, fmt.Errorf("note about fetching %q: %w", key, err)
		}
		out = append(out, f)
	}
	clear(m.touched)
	return out, nil
}

// hostNotes returns what the client knows of the hosts it asked.
func hostNotes(client *fetch.Client) ([]storage.Fetch, error) {
	hosts := client.Hosts()
	asked := client.Requests()
	var out []storage.Fetch
	for _, origin := range sortedKeys(asked) {
		b, err := json.Marshal(hosts[origin])
		if err != nil {
			return nil, err
		}
		out = append(out, storage.Fetch{Key: hostKey + origin, Notes: b})
	}
	return out, nil
}

// touch marks the notes under a key to be written.
func (m *memory) touch(key string) { m.touched[key] = true }

// source returns the notes on a source, new ones where there are none.
func (m *memory) source(name string, now time.Time) *sourceState {
	s := m.sources[name]
	if s == nil {
		s = &sourceState{Added: now}
		m.sources[name] = s
	}
	m.touch(sourceKey + name)
	return s
}

// knows reports whether an address is known, be it as what another one led to.
func (m *memory) knows(address string) bool {
	return m.pages[address] != nil || m.finals[address] != ""
}
