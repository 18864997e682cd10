package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/timeline"
)

// completionScripts hold, for every shell, a function that asks "readout
// __complete WORDS…" for the candidates of the last word.
var completionScripts = map[string]string{
	"bash": `_readout() {
  local IFS=$'\n'
  COMPREPLY=($(readout __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  COMPREPLY=("${COMPREPLY[@]// /\\ }")
}
complete -o default -F _readout readout
`,
	"zsh": `#compdef readout
_readout() {
  local -a found
  found=("${(@f)$(readout __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -Q -- "${(@q)found}"; else _files; fi
}
compdef _readout readout
`,
	"powershell": `Register-ArgumentCompleter -Native -CommandName readout -ScriptBlock {
  param($word, $line, $cursor)
  $words = @($line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -le $cursor } |
    ForEach-Object { $_.Extent.Text.Trim('"', "'") })
  if (-not $word) { $words += '""' }
  readout __complete -- @words 2>$null | ForEach-Object {
    $text = if ($_ -match '\s') { "'" + $_.Replace("'", "''") + "'" } else { $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`,
	"fish": `complete -c readout -a '(set -l w (commandline -opc) (commandline -ct); readout __complete -- $w[2..] 2>/dev/null)'
`,
}

func (a *app) completionCommand() *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: "write a script that completes commands in a shell", ArgsUsage: "bash|zsh|fish|powershell",
		Description: `  source <(readout completion bash)
  readout completion zsh > "${fpath[1]}/_readout"
  readout completion fish > ~/.config/fish/completions/readout.fish
  readout completion powershell | Out-String | Invoke-Expression`,
		Action: func(c *cli.Context) error {
			ops, err := operands(c, "SHELL")
			if err != nil {
				return err
			}
			script, ok := completionScripts[ops[0]]
			if !ok {
				return &usageError{
					msg:  fmt.Sprintf("no completion for %q, only for %s", ops[0], strings.Join(sortedKeys(completionScripts), ", ")),
					hint: "readout completion bash",
				}
			}
			_, err = a.stdout.WriteString(script)
			return err
		},
	}
}

// completeCommand answers the scripts: the candidates of the last operand, one to
// a line.
func (a *app) completeCommand() *cli.Command {
	return &cli.Command{
		Name: "__complete", Hidden: true,
		Action: func(c *cli.Context) error {
			a.lockTimeout = time.Second // nobody waits long for a completion
			for _, word := range a.complete(c.Context, c.Args().Slice()) {
				fmt.Fprintln(a.stdout, word)
			}
			return nil
		},
	}
}

// complete returns what the last of the words may become. An error gives no
// candidates: a shell has no place for it.
func (a *app) complete(ctx context.Context, args []string) []string {
	if len(args) == 0 {
		return nil
	}
	last := args[len(args)-1]
	root := a.cli()
	line, err := arrange(root, slices.DeleteFunc(slices.Clone(args[:len(args)-1]),
		func(s string) bool { return strings.HasPrefix(s, "-") }))
	if err != nil {
		return nil
	}
	var out []string
	switch previous := before(args); {
	case slices.Contains([]string{"--series", "-s"}, previous):
		out = a.completeSeries(ctx)
	case slices.Contains([]string{"--topic", "-t"}, previous):
		out = a.completeTopics(ctx)
	case strings.HasPrefix(last, "-"):
		flags := slices.Clone(root.Flags)
		if n := len(line.path); n > 0 {
			flags = append(flags, line.path[n-1].Flags...)
		}
		for _, f := range flags {
			out = append(out, "--"+f.Names()[0])
		}
	case len(line.path) == 0:
		out = commandNames(root.Commands)
	default:
		out = a.completeOperand(ctx, line)
	}
	return slices.DeleteFunc(out, func(s string) bool { return !strings.HasPrefix(strings.ToLower(s), strings.ToLower(last)) })
}

// before returns the word before the last one.
func before(args []string) string {
	if len(args) < 2 {
		return ""
	}
	return args[len(args)-2]
}

func commandNames(commands []*cli.Command) []string {
	var out []string
	for _, c := range commands {
		if !c.Hidden {
			out = append(out, c.Name)
		}
	}
	return out
}

// completeOperand returns subcommands, releases or topics, as the usage of the
// command says that it takes them.
func (a *app) completeOperand(ctx context.Context, line *commandLine) []string {
	command := line.path[len(line.path)-1]
	if len(command.Subcommands) > 0 {
		return commandNames(command.Subcommands)
	}
	switch takes, _, _ := strings.Cut(command.ArgsUsage, " "); {
	case strings.HasPrefix(takes, "ID"), takes == "OLD":
		return a.completeReleases(ctx)
	case takes == "TOPIC":
		return a.completeTopics(ctx)
	}
	return nil
}

func (a *app) completeReleases(ctx context.Context) []string {
	arch, err := a.open()
	if err != nil {
		return nil
	}
	releases, err := arch.List(ctx, archive.ListFilter{})
	if err != nil {
		return nil
	}
	var out []string
	for _, r := range releases {
		out = append(out, r.ID)
	}
	return out
}

// completeTopics returns the names of the topics of all series.
func (a *app) completeTopics(ctx context.Context) []string {
	arch, err := a.open()
	if err != nil {
		return nil
	}
	var out []string
	for _, id := range a.completeSeries(ctx) {
		s, err := arch.Series(ctx, timeline.SeriesID(id), archive.SeriesOptions{})
		if err != nil {
			return nil
		}
		for _, t := range s.Topics.Topics {
			out = append(out, t.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (a *app) completeSeries(ctx context.Context) []string {
	arch, err := a.open()
	if err != nil {
		return nil
	}
	ids, err := seriesIDs(ctx, arch)
	if err != nil {
		return nil
	}
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}
