package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/ask"
	"readout/internal/reading"
)

func (a *app) versionCommand() *cli.Command {
	return &cli.Command{
		Name:  "version",
		Usage: "say which build this is",
		Action: func(c *cli.Context) error {
			if _, err := operands(c); err != nil {
				return err
			}
			return a.answer(buildVersion())
		},
	}
}

func buildVersion() *ask.Version {
	v := &ask.Version{
		Schema:  "readout.version/1",
		Version: "(devel)",
		Rules:   reading.Revision,
		Go:      runtime.Version(),
		OS:      runtime.GOOS,
		Arch:    runtime.GOARCH,
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		case "vcs.time":
			v.Date, _, _ = strings.Cut(s.Value, "T")
		}
	}
	return v
}

// buildName tells this build from others, also from those of the same revision with
// changes that are in no revision: then by the file of the program.
func buildName() string {
	v := buildVersion()
	name := v.Version + " " + v.Revision
	if v.Revision != "" && !v.Modified {
		return name
	}
	if exe, err := os.Executable(); err == nil {
		if info, err := os.Stat(exe); err == nil {
			name += fmt.Sprint(" ", info.Size(), " ", info.ModTime().UnixNano())
		}
	}
	return name
}
