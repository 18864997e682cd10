package diff_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkPeers compares whole processes on the same two files: this program, if
// it can be built, git, wdiff and dwdiff. Besides the time that passed it reports the
// processor time, which other work on the machine changes less. A peer that is not
// installed is skipped, and says so.
func BenchmarkPeers(b *testing.B) {
	dir := b.TempDir()
	self := filepath.Join(dir, "readout")
	if out, err := exec.Command("go", "build", "-o", self, "readout/cmd/readout").CombinedOutput(); err != nil {
		b.Logf("build readout: %v\n%s", err, out)
	}
	peers := []struct {
		name string
		args []string // before the two files
	}{
		{"readout", []string{self, "diff"}},
		{"readout-json", []string{self, "diff", "--format", "json"}},
		{"git", []string{"git", "diff", "--no-index", "--word-diff"}},
		{"wdiff", []string{"wdiff"}},
		{"dwdiff", []string{"dwdiff"}},
	}
	for _, size := range sizes {
		old := prose(1, size.statements)
		files := []string{filepath.Join(dir, size.name+".old.txt"), filepath.Join(dir, size.name+".new.txt")}
		for i, statements := range [][]string{old, edited(1, old)} {
			if err := os.WriteFile(files[i], []byte(strings.Join(statements, "\n\n")+"\n"), 0o600); err != nil {
				b.Fatal(err)
			}
		}
		for _, p := range peers {
			b.Run(p.name+"/"+size.name, func(b *testing.B) {
				if _, err := exec.LookPath(p.args[0]); err != nil {
					b.Skipf("%s is not installed", p.name)
				}
				var cpu time.Duration
				for b.Loop() {
					cmd := exec.Command(p.args[0], append(p.args[1:len(p.args):len(p.args)], files...)...)
					if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 1 { // 1: they differ
						b.Fatalf("%s: %v", p.name, err)
					}
					cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				}
				b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
			})
		}
	}
}
