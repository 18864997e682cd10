package main

import (
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPagesFollowAnotherProcess reads pages over and over while another process takes
// releases in: every request is answered, and what came in shows within a second. A busy
// machine may miss the second now and then, but not each time.
func TestPagesFollowAnotherProcess(t *testing.T) {
	d := desk{t, t.TempDir()}
	for name, value := range home(d.dir) {
		t.Setenv(name, value)
	}
	d.write("readout.db", string(seedStore(t)))
	db := filepath.Join(d.dir, "readout.db")
	address, stop := serving(t, "--db", db)
	defer stop()
	const tries, promised, patience = 4, time.Second, 20 * time.Second
	shown := 0
	for n := range tries {
		title := fmt.Sprintf("Meeting No. %d of the Foreign Ministers of Norway and Uruguay", n+1)
		file := d.write(fmt.Sprintf("new-%d.txt", n), title+fmt.Sprintf("\n\nMarch %d, 2040\n\n1. Krill quota issue\n\nThe two ministers agreed on the krill quota, part %d.\n", n+2, n+1))
		ingested := make(chan error, 1)
		go func() {
			out, err := exec.Command("readout", "--db", db, "ingest", file, "--parties", "NO,UY").CombinedOutput()
			if err != nil {
				err = fmt.Errorf("readout ingest: %w\n%s", err, out)
			}
			ingested <- err
		}()
		has := func(path string) bool {
			code, body := fetched(t, address+path)
			if code != http.StatusOK {
				t.Fatalf("GET %s while another process writes = %d", path, code)
			}
			return strings.Contains(body, fmt.Sprintf("2040-03-%02d", n+2))
		}
		var done time.Time // when the writer had ended
		for done.IsZero() || !has("series/NO-UY") || !has("api/v1/releases?series=NO-UY") || !has("") {
			select {
			case err := <-ingested:
				if err != nil {
					t.Fatal(err)
				}
				done = time.Now()
			default:
			}
			if !done.IsZero() && time.Since(done) > patience {
				t.Fatalf("what came in %v ago does not show", patience)
			}
			has("") // readers come all the time
		}
		if time.Since(done) <= promised {
			shown++
		}
	}
	if shown == 0 {
		t.Errorf("nothing of %d releases showed within %v", tries, promised)
	}
}
