package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"readout/internal/archtest/golden"
)

// TestHelpIsDocumented holds docs/cli.md to the help of every command.
func TestHelpIsDocumented(t *testing.T) {
	const head = `# Command line

What ` + "`readout --help`" + ` and ` + "`readout COMMAND --help`" + ` say; a test keeps this page true, and
` + "`go test ./cmd/readout -update`" + ` writes it anew. The answers in JSON are in [json.md](json.md).
`
	root := (&app{}).cli()
	out := bytes.NewBufferString(head)
	section := func(title string, path []*cli.Command) {
		fmt.Fprintf(out, "\n## %s\n\n```\n", title)
		if err := writeHelp(out, root, path); err != nil {
			t.Fatal(err)
		}
		out.WriteString("```\n")
	}
	section("readout", nil)
	everyCommand(root.Commands, nil, func(path []*cli.Command) {
		line := commandLine{path: path}
		section(line.name(), path)
	})
	golden.Compare(t, "../../docs/cli.md", out.Bytes())
}

// TestHelpSaysEnough asks of every command and flag what a reader of the help needs.
func TestHelpSaysEnough(t *testing.T) {
	root := (&app{}).cli()
	flags := func(name string, fs []cli.Flag) {
		for _, f := range fs {
			usage := f.(cli.DocGenerationFlag).GetUsage()
			if takesValue(f) && !strings.Contains(usage, "`") {
				t.Errorf("%s --%s: its usage %q does not name the value in back quotes", name, f.Names()[0], usage)
			}
			if usage == "" || strings.HasSuffix(usage, ".") {
				t.Errorf("%s --%s: usage %q, want some words without a full stop", name, f.Names()[0], usage)
			}
		}
	}
	flags("readout", root.Flags)
	everyCommand(root.Commands, nil, func(path []*cli.Command) {
		line, c := commandLine{path: path}, path[len(path)-1]
		flags(line.name(), c.Flags)
		if c.Usage == "" || strings.HasSuffix(c.Usage, ".") {
			t.Errorf("%s: usage %q, want some words without a full stop", line.name(), c.Usage)
		}
		for text := range strings.Lines(c.Description) {
			if len([]rune(text)) > 110 {
				t.Errorf("%s: a line of its description is wider than 110: %q", line.name(), text)
			}
		}
	})
}

// TestManualNamesEveryCommand looks for every command in the package comment.
func TestManualNamesEveryCommand(t *testing.T) {
	manual, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range (&app{}).cli().Commands {
		if !c.Hidden && !bytes.Contains(manual, []byte("\treadout "+c.Name)) {
			t.Errorf("doc.go does not say what readout %s does", c.Name)
		}
	}
}

// everyCommand visits the commands that are not hidden, outermost first.
func everyCommand(commands, above []*cli.Command, visit func(path []*cli.Command)) {
	for _, c := range commands {
		if c.Hidden {
			continue
		}
		path := append(above[:len(above):len(above)], c)
		visit(path)
		everyCommand(c.Subcommands, path, visit)
	}
}
