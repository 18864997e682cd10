package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/ask"
	"readout/internal/document/pdf"
	"readout/internal/letters"
	"readout/internal/rules"
	"readout/internal/show"
	"readout/storage/postgres"
)

// app is one run of the command: the world as the subcommands see it.
type app struct {
	stdin        io.Reader
	stdout       *bufio.Writer
	stderr       io.Writer
	env          func(string) string
	now          func() time.Time
	screen, talk terminal // what stdout and stderr lead to

	command string // the subcommand, "" for none

	// Set from the global flags before a subcommand runs.
	db          string
	format      format
	style       show.Style
	quiet       bool
	noPager     bool
	lockTimeout time.Duration
	rules       *rules.Rules

	pdf     *pdf.Reader // starts with the first PDF file
	closers []func()    // run when the command has ended

	// Set for a command that is run for a tool of [app.mcpCommand].
	take      func(ask.Answer) // gets the answer in place of stdout; nil otherwise
	storeOnly bool             // operands name releases of the store, never files
}

// run is the program: args are the arguments without the program's name. It
// returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{
		stdin: stdin, stdout: bufio.NewWriterSize(stdout, 1<<16), stderr: stderr,
		env: os.Getenv, now: time.Now,
		screen: terminalOf(stdout), talk: terminalOf(stderr),
	}
	a.pdf = pdf.NewReader(pdf.Options{Cache: cacheDir("pdfium")})
	err := errors.Join(a.run(ctx, args), a.pdf.Close())
	for _, end := range a.closers {
		end()
	}
	if flushErr := a.stdout.Flush(); flushErr != nil && err == nil {
		err = fmt.Errorf("write standard output: %w", flushErr)
	}
	return a.report(err)
}

func (a *app) run(ctx context.Context, args []string) error {
	root := a.cli()
	line, err := arrange(root, args)
	if err != nil {
		return err
	}
	if line.help {
		return writeHelp(a.stdout, root, line.path)
	}
	if len(line.path) > 0 {
		a.command = line.path[0].Name
	}
	if a.command == "diff" {
		// Two texts and what differs in them: nearly all of it lives to the end of the
		// run, so that looking often for what does not is for nothing.
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	return root.RunContext(ctx, line.args())
}

// cli builds the command line afresh. Everything that urfave/cli would do by
// itself on an error — print help to standard output, call os.Exit, take an
// unknown flag for an operand — is switched off here or never reached, because
// [arrange] has read the arguments before.
func (a *app) cli() *cli.App {
	root := &cli.App{
		Name:            "readout",
		Usage:           "follow what governments say after they meet",
		Flags:           globalFlags(),
		Commands:        a.commands(),
		HideHelp:        true,
		HideHelpCommand: true,
		HideVersion:     true,
		Reader:          a.stdin,
		Writer:          a.stdout,
		ErrWriter:       a.stderr,
		ExitErrHandler:  func(*cli.Context, error) {},
		OnUsageError:    badFlag,
		Before:          a.before,
		Action: func(*cli.Context) error {
			return &usageError{msg: "no command given", hint: "readout --help"}
		},
	}
	box(root.Commands)
	return root
}

// box applies to every subcommand what cli does not inherit from the root.
func box(commands []*cli.Command) {
	for _, c := range commands {
		c.HideHelp, c.HideHelpCommand = true, true
		c.OnUsageError = badFlag
		box(c.Subcommands)
	}
}

// badFlag turns a flag value that cli could not read into a usage error.
func badFlag(_ *cli.Context, err error, _ bool) error { return &usageError{msg: err.Error()} }

func globalFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name:  "db",
			Usage: "keep the store in `FILE`, or behind postgres://… (or $READOUT_DB; else $XDG_DATA_HOME/readout/readout.db)",
		},
		&cli.StringFlag{Name: "rules", Usage: "add the word lists of `DIR` to the built-in ones (else $XDG_CONFIG_HOME/readout/rules)"},
		&cli.StringFlag{Name: "format", Usage: "write `text`, json or jsonl; some commands write more", DefaultText: "text"},
		&cli.StringFlag{Name: "color", Usage: "colour the output `auto`, always or never ($NO_COLOR is honoured)", DefaultText: "auto"},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing on standard error but errors"},
		&cli.BoolFlag{Name: "no-pager", Usage: "do not hand long text on a terminal to $READOUT_PAGER, $PAGER or less"},
		&cli.StringFlag{Name: "lock-timeout", Usage: "wait `DURATION` for a store that another process is writing", DefaultText: "30s"},
	}
}

// before reads the global flags.
func (a *app) before(c *cli.Context) error {
	v := flagReader{c: c}
	a.format = format(cmp.Or(c.String("format"), string(formatText)))
	if err := checkFormat(a.format, a.command); err != nil {
		return err
	}
	a.quiet, a.noPager = c.Bool("quiet"), c.Bool("no-pager")
	a.lockTimeout = v.duration("lock-timeout", 30*time.Second)
	color := v.color("color")
	a.style = show.Style{Width: a.screen.width(a.env), Color: a.colored(color)}
	if v.err != nil {
		return v.err
	}
	if err := a.loadRules(c.String("rules")); err != nil {
		return err
	}
	a.db = cmp.Or(c.String("db"), a.env("READOUT_DB"))
	if given := c.String("db"); postgres.IsURL(given) && postgres.HasPassword(given) {
		a.note("every user of this machine can read a password in --db: put it into $PGPASSWORD, ~/.pgpass or $READOUT_DB")
	}
	if a.db == "" {
		dir, err := dataDir(a.env)
		if err != nil {
			return err
		}
		a.db = filepath.Join(dir, "readout", "readout.db")
	}
	return nil
}

// loadRules reads the word lists: those of dir, which must be there, or else those
// of the user's configuration, if there are any.
func (a *app) loadRules(dir string) (err error) {
	if dir == "" {
		config, err := configDir(a.env)
		if err != nil { // no home, no configuration
			a.rules = rules.Default()
			return nil
		}
		dir = filepath.Join(config, "readout", "rules")
	} else if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return &usageError{
			msg:  fmt.Sprintf("--rules: %s is not a folder", dir),
			hint: "--rules takes a folder with files such as parties.tsv",
		}
	}
	a.rules, err = rules.Load(os.DirFS(dir), dir)
	return err
}

// cacheDir returns a folder of ours among those whose contents can be made again,
// "" where the system has none.
func cacheDir(name string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "readout", name)
}

// dataDir returns where the user's programs keep their data: $XDG_DATA_HOME, or
// what stands for it on this system.
func dataDir(env func(string) string) (string, error) {
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil // the XDG specification ignores relative paths
	}
	if runtime.GOOS == "windows" {
		if dir := env("LOCALAPPDATA"); dir != "" {
			return dir, nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", &hintedError{err: errors.New("no home directory to keep the store in"), hint: "readout --db FILE …"}
	}
	return filepath.Join(home, ".local", "share"), nil
}

// note says something to people: it goes to standard error unless --quiet.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintln(a.stderr, "readout: "+letters.Clean(fmt.Sprintf(format, args...)))
	}
}
