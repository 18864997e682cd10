package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"readout/internal/reading"
	"readout/internal/show"
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

// version is the answer of "version".
type version struct {
	Schema   string `json:"schema"` // "readout.version/1"
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the source, "" where the build does not know
	Modified bool   `json:"modified"`
	Rules    int    `json:"rules"` // reading.Revision
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

func buildVersion() *version {
	v := &version{Schema: "readout.version/1", Version: "(devel)", Rules: reading.Revision, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
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
		}
	}
	return v
}

// Lines returns the answer itself.
func (v *version) Lines() []any { return []any{v} }

// Text writes one line.
func (v *version) Text(w io.Writer, _ show.Style) error {
	revision := ""
	if v.Revision != "" {
		revision = " (" + v.Revision[:min(12, len(v.Revision))] + ")"
	}
	_, err := fmt.Fprintf(w, "readout %s%s, rules %d, %s %s/%s\n", v.Version, revision, v.Rules, v.Go, v.OS, v.Arch)
	return err
}
