package main

import (
	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
)

func (a *app) withdrawCommand() *cli.Command {
	return &cli.Command{
		Name:      "withdraw",
		Usage:     "delete the texts of a release, and keep a tombstone that says why",
		ArgsUsage: "RELEASE[@vN]",
		Flags:     []cli.Flag{&cli.StringFlag{Name: "reason", Usage: "`WHY` the texts may not be kept; it is recorded for ever"}},
		Description: `The captured bytes and all that was read from them go: no timeline, search or export has
them any more, and the file is written anew. What stays is what the log of captures
commits to: their hash, when and where they were seen, when they were withdrawn and the
reason. So the log verifies as before, and bundles made earlier do too. The same bytes
are not taken in again.

Backups, exports and bundles made earlier still hold the texts: delete those yourself.
This cannot be undone. Of a release with several versions, @vN withdraws one.

  readout withdraw 2031-03-11-no-uy-foreign-ministers-meeting --reason "sent in error"`,
		Action: a.onOperands("RELEASE", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			ref, err := parseRef(ops[0])
			if err != nil {
				return err
			}
			reason := c.String("reason")
			if reason == "" {
				return &usageError{msg: "a withdrawal needs a reason", hint: "readout withdraw " + ops[0] + ` --reason "WHY"`}
			}
			done, err := arch.Withdraw(c.Context, ref, reason)
			if err != nil {
				return err
			}
			out := &ask.Withdrawal{
				Schema:  "readout.withdrawal/1",
				Release: done.Release,
				Reason:  reason,
				SHA256:  []string{},
				Others:  append([]string{}, done.Others...),
			}
			for _, h := range done.Bytes {
				out.SHA256 = append(out.SHA256, h.String())
			}
			return a.answer(out)
		}),
	}
}
