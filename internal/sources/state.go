package sources

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"readout/internal/fetch"
	"readout/storage"
)

// What is remembered from run to run lies in the store's notes about fetching:
//
//	ADDRESS      -> pageState
//	source NAME  -> sourceState
//	host ORIGIN  -> fetch.Host
const (
	sourceKey = "source "
	hostKey   = "host "
)

// pageState is what is known of one page.
type pageState struct {
	Source  string    `json:"source"`
	Seen    time.Time `json:"seen"`             // first named by the list
	Checked time.Time `json:"checked,omitzero"` // last judged
	Fetched time.Time `json:"fetched,omitzero"` // last seen whole and well; zero for never
	Changed time.Time `json:"changed,omitzero"` // last seen with a text that was not there before
	Next    time.Time `json:"next"`

	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	SHA256       string `json:"sha256,omitempty"` // of the bytes last seen well
	Known        Known  `json:"known,omitzero"`
	Listed       string `json:"listed,omitempty"` // last change as the list gives it
	Final        string `json:"final,omitempty"`  // the address that answered, where another
	AliasOf      string `json:"alias_of,omitempty"`
	Failures     int    `json:"failures,omitempty"` // in a row

	Standing Standing  `json:"-"` // kept beside the notes
	Reason   string    `json:"reason,omitempty"`
	Since    time.Time `json:"since,omitzero"`
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
	pages   map[string]*pageState
	sources map[string]*sourceState
	finals  map[string]string // address that answered -> page
	touched map[string]bool
}

// recall reads the notes of the store, and hands what is known of hosts to client.
func recall(notes map[string]storage.Fetch, client *fetch.Client) (*memory, error) {
	m := &memory{pages: map[string]*pageState{}, sources: map[string]*sourceState{}, finals: map[string]string{}, touched: map[string]bool{}}
	hosts := map[string]fetch.Host{}
	for key, note := range notes {
		var err error
		if origin, ok := strings.CutPrefix(key, hostKey); ok {
			var h fetch.Host
			err = json.Unmarshal(note.Notes, &h)
			hosts[origin] = h
		} else if name, ok := strings.CutPrefix(key, sourceKey); ok {
			s := &sourceState{Standing: Standing(note.Standing)}
			err = json.Unmarshal(note.Notes, s)
			m.sources[name] = s
		} else {
			p := &pageState{Standing: Standing(note.Standing)}
			err = json.Unmarshal(note.Notes, p)
			m.pages[key] = p
			if p.Final != "" {
				m.finals[p.Final] = key
			}
		}
		if err != nil {
			return nil, fmt.Errorf("note about fetching %q: %w", key, err)
		}
	}
	client.Remember(hosts)
	return m, nil
}

// notes returns what was touched since the last call, to be written.
func (m *memory) notes() ([]storage.Fetch, error) {
	var out []storage.Fetch
	for _, key := range sortedKeys(m.touched) {
		f := storage.Fetch{Key: key}
		var v any
		if name, ok := strings.CutPrefix(key, sourceKey); ok {
			s := m.sources[name]
			v, f.Standing = s, string(s.Standing)
		} else {
			p := m.pages[key]
			v, f.Standing = p, string(p.Standing)
		}
		b, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("note about fetching %q: %w", key, err)
		}
		f.Notes = b
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
