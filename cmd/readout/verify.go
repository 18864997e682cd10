package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/archive/proof"
	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

func (a *app) verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check a bundle, or the store against an earlier head",
		ArgsUsage: "BUNDLE",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "store", Usage: "check the store: all captured bytes, and the log of their captures"},
			&cli.StringFlag{
				Name:  "against",
				Usage: "an earlier head, as verify, changes and export print it, in a `FILE`: nothing it commits to may be gone or changed",
			},
			timestampFlag(),
			&cli.StringFlag{
				Name:  "timestamp-ca",
				Usage: "a time stamp has to be there, of an authority whose certificate leads to one in `FILE` (PEM)",
			},
			&cli.StringFlag{
				Name:  "key",
				Usage: "the head must be signed by the key of which `KEY` is the public half, as verify --store prints it",
			},
		},
		Description: `A bundle proves that a store held these bytes and what they say. It does not prove who
published them, nor when: the moment of a capture is what its captor said, and the
moment of receipt what the clock of the store said. Keep the head of the store somewhere
else from time to time; whoever removes, replaces or back-dates a capture later cannot
make a store whose log begins with it. A capture that came in since then, and claims to
be older than what the head commits to of its release, is named.

With --timestamp an authority says when it saw the head, so that nobody has to believe the
clock of the store; the stamp stands among the signatures of the head that is printed.

  readout verify bundle.json
  readout verify --store > head.txt
  readout verify --store --against head.txt

Exit codes: 0 where all is proved, 1 where it is not.`,
		Action: func(c *cli.Context) error {
			against, store := c.String("against"), c.Bool("store")
			switch {
			case store && c.Args().Len() > 0:
				return &usageError{msg: "a bundle and --store do not go together", hint: "readout verify --store"}
			case store:
				return a.verifyStore(c, against, c.String("key"))
			case against != "":
				return &usageError{msg: "--against goes with --store", hint: "readout verify --store --against " + against}
			case c.String("timestamp") != "":
				return &usageError{
					msg:  "--timestamp goes with --store; readout prove takes it too",
					hint: "readout verify --store --timestamp " + c.String("timestamp"),
				}
			}
			ops, err := operands(c, "BUNDLE")
			if err != nil {
				return err
			}
			return a.verifyBundle(c, ops[0], c.String("key"))
		},
	}
}

func (a *app) verifyStore(c *cli.Context, against, key string) error {
	ctx := c.Context
	arch, err := a.open()
	if err != nil {
		return err
	}
	roots, err := authorities(c.String("timestamp-ca"))
	if err != nil {
		return err
	}
	var earlier *proof.Head
	var earlierText string
	if against != "" {
		if earlier, earlierText, err = readHead(against, key); err != nil {
			return err
		}
	}
	found, err := arch.Verify(ctx, earlier)
	if err != nil {
		return err
	}
	if key != "" {
		if err := proof.Signed(found.Head.Text, key); err != nil {
			return fmt.Errorf("the head of the store: %w", err)
		}
	}
	v := storeVerification(found, earlier)
	if earlier != nil {
		if err := tellStamps(v, "the earlier head", earlierText, roots); err != nil {
			return err
		}
	}
	if url := c.String("timestamp"); url != "" {
		if v.Head, err = a.stamp(ctx, v.Head, url); err != nil {
			return err
		}
		if err := tellStamps(v, "the head", v.Head, roots); err != nil {
			return err
		}
	}
	if err := a.answer(v); err != nil {
		return err
	}
	if !v.OK {
		return fmt.Errorf("%d captures were back-dated since that head, the first of %s", len(v.BackDated), v.BackDated[0].Release)
	}
	return nil
}

// storeVerification says in words what was found.
func storeVerification(found *archive.Verification, earlier *proof.Head) *ask.Verification {
	v := &ask.Verification{Schema: "readout.verification/1", OK: len(found.BackDated) == 0, Head: found.Head.Text, Key: found.Head.Key,
		Unproved: []string{}}
	v.Proved = append(v.Proved, fmt.Sprintf("all of %d records stand in the log, and all captures that are kept have their bytes", found.Head.Size))
	if found.Withdrawn > 0 {
		v.Proved = append(v.Proved, fmt.Sprintf("%d documents were withdrawn: their captures stand in the log, their bytes are not kept", found.Withdrawn))
	}
	if earlier != nil {
		v.Proved = append(v.Proved, fmt.Sprintf("the log still begins with the %d records of the earlier head", earlier.Size))
	}
	for _, d := range found.BackDated {
		v.BackDated = append(v.BackDated, ask.BackDated{
			Release:    d.Release,
			SHA256:     d.SHA256.String(),
			CapturedAt: d.CapturedAt,
			ReceivedAt: d.ReceivedAt,
		})
	}
	return v
}

// noteHead says on standard error where the log of captures stands: whoever keeps it can
// see later, by verify --against, that nothing was removed or back-dated since.
// An authority stamps it where its address is given.
func (a *app) noteHead(ctx context.Context, arch *archive.Archive, authority string) error {
	if a.quiet && authority == "" {
		return nil
	}
	head, err := arch.Head(ctx)
	if err != nil || head.Text == "" {
		return err
	}
	text, err := a.stamp(ctx, head.Text, authority)
	if err != nil {
		return err
	}
	a.note("the head of the log of captures; by it readout verify --store --against FILE shows whether anything was removed since")
	_, err = fmt.Fprint(a.stderr, text)
	return err
}

// readHead reads a head out of a file that may say other things around it, and returns its text,
// too. It must be signed by key, unless that is "".
func readHead(path, key string) (*proof.Head, string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	text := proof.CutHead(strings.ReplaceAll(string(data), "\r\n", "\n"))
	head, err := proof.ParseHead(text)
	if err == nil && key != "" {
		err = proof.Signed(text, key)
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return &head, text, nil
}

func (a *app) verifyBundle(c *cli.Context, name, key string) error {
	roots, err := authorities(c.String("timestamp-ca"))
	if err != nil {
		return err
	}
	data, err := a.read(c.Context, name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	b, err := proof.Decode(data)
	if err != nil {
		return fmt.Errorf("%s is no bundle: %w", name, err)
	}
	row, err := b.Verify()
	if err == nil && key != "" {
		err = proof.Signed(b.Head, key)
	}
	if err != nil {
		return fmt.Errorf("%s proves nothing: %w", name, err)
	}
	v, err := bundleVerification(b, row)
	if err == nil {
		err = tellStamps(v, "the head", b.Head, roots)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if b.Statement != nil {
		if err := a.quoted(b, row.Name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		v.Proved = append(v.Proved, fmt.Sprintf("they say: “%s”", b.Statement.Text))
	}
	return a.answer(v)
}

// bundleVerification says in words what a bundle proves, and what it does not.
func bundleVerification(b *proof.Bundle, c storage.Capture) (*ask.Verification, error) {
	head, err := proof.ParseHead(b.Head)
	if err != nil {
		return nil, err
	}
	v := &ask.Verification{Schema: "readout.verification/1", OK: true, Head: b.Head, Key: b.Key, SHA256: c.SHA256.String(),
		CapturedAt: c.CapturedAt, ReceivedAt: c.ReceivedAt, URL: c.URL}
	where := fmt.Sprintf("sha256 %s, as record %d of %d", c.SHA256, b.Index+1, head.Size)
	if b.Withdrawn == nil {
		v.Proved = append(v.Proved, fmt.Sprintf("a store held these %d bytes, %s", len(b.Raw), where))
	} else {
		v.Proved = append(v.Proved, "a store held bytes that it says were withdrawn, "+where)
		v.Unproved = append(v.Unproved, fmt.Sprintf("what they said, and that they were withdrawn on %s: %s",
			b.Withdrawn.WithdrawnAt.Format(time.DateOnly), b.Withdrawn.Reason))
	}
	v.Proved = append(v.Proved, fmt.Sprintf("it recorded of them: seen %s, %s", c.CapturedAt.Format(time.RFC3339), place(c.URL, c.Name)))
	if !c.ReceivedAt.IsZero() {
		v.Proved = append(v.Proved, "it recorded by its own clock that it received them "+c.ReceivedAt.Format(time.RFC3339))
	}
	if b.Release != "" {
		v.Unproved = append(v.Unproved, fmt.Sprintf("that they are version %d of %s: these are names that the store gave them",
			b.Version, b.Release))
	}
	v.Unproved = append(v.Unproved, "who published them")
	if c.Claimed {
		v.Unproved = append(v.Unproved, "that they were seen at that moment: it is what somebody or the document says")
	} else {
		v.Unproved = append(v.Unproved, "that they were seen at that moment: it is what the captor said")
	}
	if b.Key == "" {
		v.Unproved = append(v.Unproved, "whose store that is: the head is not signed")
	} else {
		v.Proved = append(v.Proved, "the head is signed by the key named below")
		v.Unproved = append(v.Unproved, "whose key that is: ask its owner, and give it with --key")
	}
	return v, nil
}

// place is where bytes came from, as their record says.
func place(url, name string) string {
	if url != "" {
		return "fetched from " + url
	}
	return "from a file called " + name
}

// quoted reads the bytes of a bundle again and sees that the statement stands where it says, whole.
func (a *app) quoted(b *proof.Bundle, name string) error {
	doc, err := document.Parse(name, b.Raw, document.Options{Words: a.rules.Furniture(), PDF: a.pdf})
	if err != nil {
		return err
	}
	q := b.Statement
	whole := func(s timeline.Statement) bool { return s.Start == q.Start && s.End == q.End && s.Text == q.Text }
	switch rel := reading.Release(doc, a.rules.Extract(), reading.Overrides{}); {
	case !slices.ContainsFunc(rel.Statements, whole): // a part of one may say the opposite
		return errors.New("the bytes are proved, but the statement does not stand there as this program reads them")
	case !strings.HasPrefix(q.ID, b.Release+"#"):
		return fmt.Errorf("the bytes are proved, but the statement %s is none of %s", q.ID, b.Release)
	}
	return nil
}
