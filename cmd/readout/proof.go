package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
)

func (a *app) proveCommand() *cli.Command {
	return &cli.Command{
		Name:      "prove",
		Usage:     "write a bundle by which a stranger can check a quotation",
		ArgsUsage: "RELEASE[@vN][#STATEMENT]",
		Flags:     []cli.Flag{timestampFlag()},
		Description: `The bundle is one JSON document: the captured bytes, the record of their capture with
when it is said to have been made and when the store received it, the hashes that lead
from there to the head of the log of captures (RFC 6962), and the head, signed with the
key of the store. readout verify checks it, and so does docs/verify.py without this
program. Of a release that was withdrawn the bundle has all but the bytes.

  readout prove 2031-03-11-no-uy-foreign-ministers-meeting#4 > bundle.json`,
		Action: a.onOperands("RELEASE", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			ref, statement, err := quotation(ops[0])
			if err != nil {
				return err
			}
			bundle, err := arch.Prove(c.Context, ref, statement)
			if err != nil {
				return err
			}
			if bundle.Head, err = a.stamp(c.Context, bundle.Head, c.String("timestamp")); err != nil {
				return err
			}
			data, err := bundle.Encode()
			if err != nil {
				return err
			}
			_, err = a.stdout.Write(data)
			return err
		}),
	}
}

// quotation reads RELEASE#STATEMENT; the statement is 0 where none is named.
func quotation(operand string) (archive.Ref, int, error) {
	ref, err := parseRef(operand)
	_, number, ok := strings.Cut(operand, "#")
	if err != nil || !ok {
		return ref, 0, err
	}
	statement, err := strconv.Atoi(number)
	if err != nil || statement < 1 {
		return ref, 0, &usageError{
			msg:  fmt.Sprintf("%q names no statement: they are counted from 1", operand),
			hint: "readout show " + ref.ID,
		}
	}
	return ref, statement, nil
}
