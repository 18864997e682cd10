package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"readout/storage/postgres/clustertest"
)

func TestMain(m *testing.M) {
	if os.Getenv(ordealVar) != "" {
		os.Exit(suffer())
	}
	testscript.Main(m, map[string]func(){"readout": main})
}

var onServer = flag.Bool("server", false, "run the scripts and TestSameBytes on stores of a PostgreSQL server, too")

// Every script holds on a server as it does on a file, but for those about files.
func TestScriptsOnServer(t *testing.T) {
	if !*onServer {
		t.Skip("takes as long as TestScripts: ask for it with -server")
	}
	runScripts(t, startFast(t))
}

// startFast starts a server that nobody pulls the plug of.
func startFast(t *testing.T) *clustertest.Server {
	t.Helper()
	return clustertest.Start(t, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
}

// TestScripts runs testdata/script/*.txtar through the real main. The commands that
// the scripts have beside testscript's own are in script_test.go.
func TestScripts(t *testing.T) { runScripts(t, nil) }

// runScripts runs the scripts with a store in a file each, or one on the server.
func runScripts(t *testing.T, server *clustertest.Server) {
	store := seedStore(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "" && server == nil,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"field":   field,
			"lock":    lock,
			"samples": samples,
			"model":   model,
			"seeded":  seeded(store, server != nil),
			"unesc":   unesc,
		},
		// [server] guards what is about the file of a store, [mounts] what mounts a disk of its own.
		Condition: func(name string) (bool, error) {
			switch name {
			case "server":
				return server != nil, nil
			case "mounts":
				return exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt").Run() == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Setup: func(env *testscript.Env) error {
			for name, value := range home(env.WorkDir) {
				env.Setenv(name, value)
			}
			if server != nil {
				env.Setenv("READOUT_DB", server.URL())
			}
			return nil
		},
	})
}

// home is an environment in which readout keeps everything below dir, and in which
// nothing of the user who runs the tests shows.
func home(dir string) map[string]string {
	return map[string]string{
		"HOME":            dir,
		"USERPROFILE":     dir,
		"XDG_DATA_HOME":   dir + "/data",
		"XDG_CONFIG_HOME": dir + "/config",
		"XDG_CACHE_HOME":  dir + "/cache",
		"LOCALAPPDATA":    dir + "/local",
		"READOUT_DB":      "",
		"COLUMNS":         "",
		"NO_COLOR":        "",
	}
}
