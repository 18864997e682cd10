package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/archive/proof"
	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/reading"
)

func (a *app) proveCommand() *cli.Command {
	return &cli.Command{
		Name:      "prove",
		Usage:     "write a bundle by which a stranger can check a quotation",
		ArgsUsage: "RELEASE[@vN][#STATEMENT]",
		Description: `The bundle is one JSON document: the captured bytes, the record of their capture, and the
hashes that lead from there to the head of the log of captures (RFC 6962). readout
verify checks it, and so does docs/verify.py without this program.

  readout prove 2031-03-11-no-uy-foreign-ministers-meeting#4 > bundle.json`,
		Action: a.onOperands("RELEASE", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			ref, err := archive.ParseRef(ops[0])
			if err != nil {
				return &usageError{msg: err.Error(), hint: "readout list"}
			}
			statement := 0
			if _, number, ok := strings.Cut(ops[0], "#"); ok {
				if statement, err = strconv.Atoi(number); err != nil || statement < 1 {
					return &usageError{msg: fmt.Sprintf("%q names no statement: they are counted from 1", ops[0]), hint: "readout show " + ref.ID}
				}
			}
			bundle, err := arch.Prove(c.Context, ref, statement)
			if err != nil {
				return err
			}
			enc := json.NewEncoder(a.stdout)
			enc.SetEscapeHTML(false)
			return enc.Encode(bundle)
		}),
	}
}

func (a *app) verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check a bundle, or the store against an earlier head",
		ArgsUsage: "BUNDLE",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "store", Usage: "check the store: all captured bytes, and the log of their captures"},
			&cli.StringFlag{Name: "against", Usage: "an earlier head, as verify prints it, in a `FILE`: nothing it commits to may be gone or changed"},
		},
		Description: `A bundle proves that a store held these bytes and what they say. It does not prove who
published them, nor when: the moment of a capture is what its captor said. Keep the head
of the store somewhere else from time to time; whoever removes, replaces or back-dates a
capture later cannot make a store whose log begins with it.

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
				return a.verifyStore(c.Context, against)
			case against != "":
				return &usageError{msg: "--against goes with --store", hint: "readout verify --store --against " + against}
			}
			ops, err := operands(c, "BUNDLE")
			if err != nil {
				return err
			}
			return a.verifyBundle(c.Context, ops[0])
		},
	}
}

func (a *app) verifyStore(ctx context.Context, against string) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	v := &ask.Verification{Schema: "readout.verification/1", OK: true, Unproved: []string{}}
	var earlier *proof.Head
	if against != "" {
		head, err := readHead(against)
		if err != nil {
			return err
		}
		earlier = &head
	}
	head, err := arch.Verify(ctx, earlier)
	if err != nil {
		return err
	}
	v.Head = head.String()
	v.Proved = append(v.Proved, fmt.Sprintf("all of %d captures have their bytes and stand in the log", head.Size))
	if earlier != nil {
		v.Proved = append(v.Proved, fmt.Sprintf("the log still begins with the %d captures of the earlier head", earlier.Size))
	}
	return a.answer(v)
}

// readHead reads a head out of a file that may say other things before it.
func readHead(path string) (proof.Head, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return proof.Head{}, err
	}
	text := string(data)
	if i := strings.Index(text, "readout captures\n"); i > 0 {
		text = text[i:]
	}
	head, err := proof.ParseHead(text)
	if err != nil {
		return head, fmt.Errorf("%s: %w", path, err)
	}
	return head, nil
}

func (a *app) verifyBundle(ctx context.Context, name string) error {
	data, err := a.read(ctx, name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	var b proof.Bundle
	if err := json.Unmarshal(data, &b); err != nil {
		return fmt.Errorf("%s is no bundle: %v", name, err)
	}
	c, err := b.Verify()
	if err != nil {
		return fmt.Errorf("%s proves nothing: %w", name, err)
	}
	head, err := proof.ParseHead(b.Head)
	if err != nil {
		return err
	}
	v := &ask.Verification{Schema: "readout.verification/1", OK: true, Head: b.Head, SHA256: c.SHA256.String(), CapturedAt: c.CapturedAt, URL: c.URL,
		Proved: []string{fmt.Sprintf("a store held these %d bytes, sha256 %s, as capture %d of %d", len(b.Raw), c.SHA256, b.Index+1, head.Size),
			fmt.Sprintf("it recorded of them: seen %s, %s", c.CapturedAt.Format(time.RFC3339), place(c.URL, c.Name))},
		Unproved: []string{"who published them", "that they were seen at that moment: it is what the captor said"}}
	if b.Statement != nil {
		if err := a.quoted(&b, c.Name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		v.Proved = append(v.Proved, fmt.Sprintf("they say: “%s”", b.Statement.Text))
	}
	return a.answer(v)
}

// place is where bytes came from, as their record says.
func place(url, name string) string {
	if url != "" {
		return "fetched from " + url
	}
	return "from a file called " + name
}

// quoted reads the bytes of a bundle again and sees that the statement stands where it says.
func (a *app) quoted(b *proof.Bundle, name string) error {
	doc, err := document.Parse(name, b.Raw, document.Options{Words: a.rules.Furniture(), PDF: a.pdf})
	if err != nil {
		return err
	}
	text := reading.Release(doc, a.rules.Extract(), reading.Overrides{}).Text
	q := b.Statement
	if q.Start < 0 || q.End > len(text) || q.Start > q.End || strings.Join(strings.Fields(text[q.Start:q.End]), " ") != strings.Join(strings.Fields(q.Text), " ") {
		return errors.New("the bytes are proved, but the statement does not stand there as this program reads them")
	}
	return nil
}
