package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"readout": main})
}

// TestScripts runs testdata/script/*.txtar through the real main.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/data")
			return nil
		},
	})
}

// exits runs "exits CODE readout ARGS…" in-process and asserts the exit code,
// which testscript's exec cannot: it only knows success from failure.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[1] != "readout" {
		ts.Fatalf("usage: exits CODE readout ARGS…")
	}
	err := ts.Exec("sh", append([]string{"-c", `"$@"; code=$?; echo "exit $code" >"$WORK/code"; exit 0`, "sh"}, args[1:]...)...)
	ts.Check(err)
	if got, want := ts.ReadFile("code"), "exit "+args[0]+"\n"; got != want {
		ts.Fatalf("got %swant %s", got, want)
	}
}
