package clustertest

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Wire stands between a client and a server. It counts how often an answer is waited for
// and for how long, and cuts the connection where it is told to.
type Wire struct {
	server string
	trips  atomic.Int64
	waited atomic.Int64 // nanoseconds
	cut    atomic.Pointer[Cut]
	down   atomic.Bool // nothing gets through
}

// Cut is where a connection ends: at the message of the client that holds some bytes, of
// those from some round trip on, before the server gets it, or after the server has
// answered and before the client hears.
type Cut struct {
	At    string
	Trip  int  // 0 for any
	Heard bool // by the server
	Stay  bool // nobody gets through before [Wire.Mend]
}

// Wire listens before the server, and returns the address of a store of its own behind it.
func (s *Server) Wire(tb testing.TB) (*Wire, string) {
	tb.Helper()
	direct := fmt.Sprintf("127.0.0.1:%d", s.Port)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = l.Close() })
	w := &Wire{server: direct}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(client)
		}
	}()
	return w, strings.Replace(s.URL(), direct, l.Addr().String(), 1)
}

// Trips is how many times a client has spoken after the server did: what it sends in
// pieces, or several requests together, is one.
func (w *Wire) Trips() int { return int(w.trips.Load()) }

// Waited is the time between what a client said and the beginning of the answer, added up.
func (w *Wire) Waited() time.Duration { return time.Duration(w.waited.Load()) }

// CutAt cuts a connection, once.
func (w *Wire) CutAt(c Cut) { w.cut.Store(&c) }

// Mend ends a cut that stays, and takes back one that did not come to pass.
func (w *Wire) Mend() {
	w.cut.Store(nil)
	w.down.Store(false)
}

// WasCut reports whether that has happened.
func (w *Wire) WasCut() bool { return w.cut.Load() == nil }

// Messages that nobody waits for an answer of: farewell ends a connection, and giveUp the
// transaction of a reader that ended some time ago.
const (
	farewell = "X\x00\x00\x00\x04"
	giveUp   = "Q\x00\x00\x00\x0drollback\x00"
)

func (w *Wire) carry(client net.Conn) {
	defer client.Close()
	if w.down.Load() {
		return
	}
	server, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	defer server.Close()
	var deaf atomic.Bool
	var asked atomic.Int64 // when what is not answered was said, in nanoseconds; 0 for nothing
	go func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			if err != nil || deaf.Load() {
				return
			}
			if at := asked.Swap(0); at != 0 {
				w.waited.Add(time.Now().UnixNano() - at)
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 1<<20)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		c := w.cut.Load()
		if c != nil && w.Trips() >= c.Trip && bytes.Contains(buf[:n], []byte(c.At)) && w.cut.CompareAndSwap(c, nil) {
			w.down.Store(c.Stay)
			if !c.Heard {
				return
			}
			deaf.Store(true)
		}
		if said := string(buf[:n]); said != farewell && said != giveUp && asked.CompareAndSwap(0, time.Now().UnixNano()) {
			w.trips.Add(1)
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}
