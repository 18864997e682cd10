package web_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/web"
)

// slowSource is an archive whose answers wait until they are let go.
type slowSource struct {
	*archive.Archive
	asked, let chan struct{}
}

func (s *slowSource) Overview(ctx context.Context, old *archive.Overview) (*archive.Overview, error) {
	close(s.asked)
	<-s.let
	return s.Archive.Overview(ctx, old)
}

// TestStopsGracefully stops a server in the middle of a request: that one is answered,
// no other is taken, and the server ends without an error.
func TestStopsGracefully(t *testing.T) {
	slow := &slowSource{Archive: seeded(t), asked: make(chan struct{}), let: make(chan struct{})}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	server := newServer(t, web.Options{Source: slow})
	go func() { ended <- server.Serve(ctx, l) }()
	address := "http://" + l.Addr().String() + "/"
	answered := make(chan string, 1)
	go func() { answered <- status(address) }()
	<-slow.asked
	stop()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			break
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if time.Now().After(deadline) {
			t.Fatal("the server takes requests after it was told to stop")
		}
	}
	select {
	case err := <-ended:
		t.Fatalf("Serve = %v before the request under way was answered", err)
	default:
	}
	close(slow.let)
	if got := <-answered; got != "200 OK" {
		t.Errorf("the request under way was answered by %s", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve = %v, want nil", err)
	}
}

// status returns how a request was answered.
func status(address string) string {
	resp, err := http.Get(address)
	if err != nil {
		return err.Error()
	}
	_, err = io.Copy(io.Discard, resp.Body)
	if cerr := resp.Body.Close(); err != nil || cerr != nil {
		return "an answer cut off"
	}
	return resp.Status
}
