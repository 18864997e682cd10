package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) mcpCommand() *cli.Command {
	return &cli.Command{
		Name:  "mcp",
		Usage: "answer an assistant over the Model Context Protocol, on standard input and output",
		Description: `The tools are search, show, timeline, diff, phrase, formulas, brief and spread. Each
gives what the command of that name gives as JSON, and quotes every statement that
the answer rests on: word for word, with its id, its place in the text, the hash of
the captured bytes and the address. Where no statement says it the answer is an
error. Nothing but the store is read, and no tool adds or decides anything.

  readout mcp --db FILE`,
		Action: a.onArchive(func(c *cli.Context, _ *archive.Archive) error {
			return a.toolServer().Run(c.Context, pipe{a.stdin, a.stdout})
		}),
	}
}

// tool is a command that an assistant may run.
type tool struct {
	command  string
	operands []operand
	preset   []string // flags that stand before those of the assistant, which win
	flags    []string // that an assistant may set, by name
}

// operand is a property of a tool that becomes an operand of its command.
type operand struct {
	name, about string
	optional    bool
}

// tools returns what an assistant may ask.
func tools() []tool {
	return []tool{
		{
			command:  "search",
			operands: []operand{{name: "words", about: `words that must all occur, "quoted" ones in that order; -word must not`}},
			preset:   []string{"--limit=50"},
			flags:    []string{"series", "since", "until", "speaker", "act", "limit"},
		},
		{
			command:  "show",
			operands: []operand{{name: "release", about: "id of a release, ID@v1 for a version, or the day of the meeting"}},
		},
		{
			command:  "timeline",
			operands: []operand{{name: "topic", about: "id of a topic, one of its names, or free words"}},
			flags:    []string{"series", "since", "until", "kind", "level", "speaker", "act", "changes-only"},
		},
		{
			command: "diff",
			operands: []operand{
				{name: "old", about: "the older release: an id, ID@v1, or a day", optional: true},
				{name: "new", about: "the newer release", optional: true},
			},
			flags: []string{"topic", "series"},
		},
		{
			command:  "phrase",
			operands: []operand{{name: "words", about: "the phrase"}},
			flags:    []string{"series", "speaker", "since", "until"},
		},
		{command: "formulas", flags: []string{"series", "topic", "lane", "limit", "since", "until"}},
		{command: "brief", flags: []string{"series", "before", "topics"}},
		{
			command:  "spread",
			operands: []operand{{name: "words", about: "the phrase"}},
			flags:    []string{"since", "until"},
		},
	}
}

// toolServer returns a server that has all tools.
func (a *app) toolServer() *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "readout", Version: buildVersion().Version}, &mcp.ServerOptions{
		Instructions: "Quote only what stands under quotations, with its id. An error means that no kept text says it.",
		Capabilities: &mcp.ServerCapabilities{},
	})
	commands := a.cli().Commands
	for _, t := range tools() {
		c := findCommand(commands, t.command)
		inside := false
		about := &mcp.Tool{Name: t.command, Description: c.Usage, InputSchema: t.schema(c),
			Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &inside}}
		mcp.AddTool(s, about, a.handler(t))
	}
	return s
}

// handler answers the calls of a tool.
func (a *app) handler(t tool) mcp.ToolHandlerFor[map[string]any, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, in map[string]any) (*mcp.CallToolResult, any, error) {
		x, err := a.answerQuoted(ctx, t.line(in))
		return nil, x, err
	}
}

// schema describes what the tool takes, in the words of the help of its command.
func (t tool) schema(c *cli.Command) *jsonschema.Schema {
	nothing := &jsonschema.Schema{Not: &jsonschema.Schema{}}
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: nothing}
	for _, o := range t.operands {
		s.Properties[o.name] = &jsonschema.Schema{Type: "string", Description: o.about}
		s.PropertyOrder = append(s.PropertyOrder, o.name)
		if !o.optional {
			s.Required = append(s.Required, o.name)
		}
	}
	for _, name := range t.flags {
		f := findFlag(c.Flags, name)
		usage := strings.ReplaceAll(f.(cli.DocGenerationFlag).GetUsage(), "`", "")
		s.Properties[name] = &jsonschema.Schema{Type: typeOf(f), Description: usage}
		s.PropertyOrder = append(s.PropertyOrder, name)
	}
	return s
}

// typeOf is the JSON type of the values of a flag.
func typeOf(f cli.Flag) string {
	switch f.(type) {
	case *cli.BoolFlag:
		return "boolean"
	case *cli.IntFlag:
		return "integer"
	}
	return "string"
}

// line is the command line that asks what the tool was asked. Values are part of their
// flag and operands stand after "--", so that none of them is taken for another flag.
func (t tool) line(in map[string]any) []string {
	args := append([]string{t.command}, t.preset...)
	for _, name := range t.flags {
		if v, ok := in[name]; ok {
			args = append(args, "--"+name+"="+plain(v))
		}
	}
	args = append(args, "--")
	for _, o := range t.operands {
		if v, ok := in[o.name]; ok {
			args = append(args, plain(v))
		}
	}
	return args
}

// plain writes a value of JSON as one types it.
func plain(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// quotedAnswer is what a tool answers.
type quotedAnswer struct {
	Schema     string          `json:"schema"`          // "readout.quoted/1"
	Answer     ask.Answer      `json:"answer"`          // as the command has it
	Quotations []*ask.Citation `json:"quotations"`      // every statement that it rests on
	Notes      string          `json:"notes,omitempty"` // what the command said to people
}

// answerQuoted runs the command line and quotes what its answer rests on. It is an error where
// that is nothing.
func (a *app) answerQuoted(ctx context.Context, args []string) (*quotedAnswer, error) {
	x, notes, err := a.taken(ctx, args)
	if err != nil {
		return nil, err
	}
	ids := ask.Quoted(x)
	if len(ids) == 0 {
		return nil, errors.New(cmp.Or(notes, "no statement in the store says this"))
	}
	arch, err := a.open()
	if err != nil {
		return nil, err
	}
	out := &quotedAnswer{Schema: "readout.quoted/1", Answer: x, Notes: notes}
	known := map[string]*timeline.Release{}
	for _, id := range ids {
		name, number, _ := strings.Cut(id, "#")
		if known[name] == nil {
			if known[name], err = releaseNamed(ctx, arch, name); err != nil {
				return nil, err
			}
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("quote %s: %w", id, err)
		}
		q, err := ask.NewCitation(known[name], n, a.rules.Extract().Gazetteer.Name)
		if err != nil {
			return nil, err
		}
		out.Quotations = append(out.Quotations, q)
	}
	return out, nil
}

// releaseNamed returns the release, or the version of it, that the id of a statement
// begins with.
func releaseNamed(ctx context.Context, arch *archive.Archive, name string) (*timeline.Release, error) {
	ref, err := archive.ParseRef(name)
	if err != nil {
		return nil, err
	}
	return arch.Release(ctx, ref)
}

// taken runs the command line and returns its answer in place of writing it, with what
// was said to people. It takes names for those of releases, never for files.
func (a *app) taken(ctx context.Context, args []string) (x ask.Answer, notes string, err error) {
	var talk bytes.Buffer
	sub := *a
	sub.stdout, sub.stderr = bufio.NewWriter(io.Discard), &talk
	sub.format, sub.quiet, sub.storeOnly = formatJSON, false, true
	sub.take = func(answer ask.Answer) { x = answer }
	root := sub.cli()
	root.Before = nil // the global flags are those that the server was started with
	line, err := arrange(root, args)
	if err != nil {
		return nil, "", err
	}
	if err := root.RunContext(ctx, line.args()); err != nil {
		return nil, "", err
	}
	return x, strings.TrimSpace(strings.ReplaceAll(talk.String(), "readout: ", "")), nil
}
