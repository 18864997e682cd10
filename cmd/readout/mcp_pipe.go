package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// pipe is standard input and output as the protocol has them: a message a line. Unlike
// [mcp.IOTransport], which it is built on, it answers everything that was asked before
// the input ended, so that a script may write its questions and close.
type pipe struct {
	in  io.Reader
	out *bufio.Writer
}

// Connect implements [mcp.Transport].
func (p pipe) Connect(ctx context.Context) (mcp.Connection, error) {
	lines := &mcp.IOTransport{Reader: io.NopCloser(p.in), Writer: flushed{p.out}}
	c, err := lines.Connect(ctx)
	return newPipeConnection(c), err
}

// pipeConnection knows which questions have no answer yet.
type pipeConnection struct {
	mcp.Connection
	mu     sync.Mutex
	change sync.Cond // of what follows
	open   map[jsonrpc.ID]bool
	closed bool
}

func newPipeConnection(c mcp.Connection) *pipeConnection {
	p := &pipeConnection{Connection: c, open: map[jsonrpc.ID]bool{}}
	p.change.L = &p.mu
	return p
}

// Read returns the next message; the end of the input only once all is answered.
func (c *pipeConnection) Read(ctx context.Context) (jsonrpc.Message, error) {
	m, err := c.Connection.Read(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := m.(*jsonrpc.Request); ok && r.IsCall() {
		c.open[r.ID] = true
	}
	for errors.Is(err, io.EOF) && len(c.open) > 0 && !c.closed {
		c.change.Wait()
	}
	return m, err
}

// Write counts an answer also where it cannot be written: nobody waits for it then.
func (c *pipeConnection) Write(ctx context.Context, m jsonrpc.Message) error {
	err := c.Connection.Write(ctx, m)
	if r, ok := m.(*jsonrpc.Response); ok {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.open, r.ID)
		c.change.Broadcast()
	}
	return err
}

// Close ends the waiting for answers as well.
func (c *pipeConnection) Close() error {
	c.mu.Lock()
	c.closed = true
	c.change.Broadcast()
	c.mu.Unlock()
	return c.Connection.Close()
}

// flushed hands on at once what is written to it: the other side waits for each line.
type flushed struct{ *bufio.Writer }

func (f flushed) Write(p []byte) (int, error) {
	n, err := f.Writer.Write(p)
	return n, errors.Join(err, f.Flush())
}

func (f flushed) Close() error { return f.Flush() }
