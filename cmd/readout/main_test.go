package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv(ordealVar) != "" {
		os.Exit(suffer())
	}
	testscript.Main(m, map[string]func(){"readout": main})
}

// TestScripts runs testdata/script/*.txtar through the real main. The commands that
// the scripts have beside testscript's own are in script_test.go.
func TestScripts(t *testing.T) {
	store := seedStore(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"field":   field,
			"lock":    lock,
			"samples": samples,
			"seeded":  seeded(store),
			"unesc":   unesc,
		},
		Setup: func(env *testscript.Env) error {
			for name, value := range home(env.WorkDir) {
				env.Setenv(name, value)
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
