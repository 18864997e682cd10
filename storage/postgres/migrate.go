package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"readout/storage"
)

// Plan is what a migration does.
type Plan struct {
	From, To   int      // numbers of migrations; 0 for no tables
	Steps      []string // what each step is about
	Statements []string // SQL, in order
}

// Migrate brings the tables behind a URL to those of a migration, -1 for the newest, and
// returns what it did. With dryRun it only says so. Every statement is in one
// transaction, in which nobody else can write.
func Migrate(ctx context.Context, url string, to int, dryRun bool, o Options) (*Plan, error) {
	s, err := newServer(url, o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	all := migrations()
	if to < 0 {
		to = len(all)
	}
	if to > len(all) {
		return nil, fmt.Errorf("%w: there is no migration %d, the newest is %d", storage.ErrVersion, to, len(all))
	}
	t := &transaction{server: s, ctx: ctx}
	defer t.end()
	if err := s.again(ctx, func() error { return t.connect(true) }); err != nil {
		return nil, err
	}
	now, err := t.lockSchema()
	if err != nil {
		return nil, err
	}
	if now > len(all) {
		return nil, fmt.Errorf("%w: %s has migration %d, this program knows up to %d",
			storage.ErrVersion, s.name, now, len(all))
	}
	if to == 0 && now > 0 {
		if err := t.refuseWithCaptures(); err != nil {
			return nil, err
		}
	}
	plan := &Plan{From: now, To: to, Steps: []string{}, Statements: s.steps(now, to)}
	for _, m := range all[min(now, to):max(now, to)] {
		plan.Steps = append(plan.Steps, m.What)
	}
	if to < now {
		slices.Reverse(plan.Steps) // as the statements
	}
	if now == 0 && to > 0 {
		plan.Statements = append(plan.Statements, s.firstRows()...)
	}
	if dryRun || now == to {
		return plan, nil
	}
	return plan, t.exec(strings.Join(append(plan.Statements, "commit"), ";\n"))
}

// refuseWithCaptures is an error where the tables hold what nobody could make again.
func (t *transaction) refuseWithCaptures() error {
	s := t.server
	results, err := t.pg().Exec(t.ctx, "select exists (select from "+s.table("capture")+")").ReadAll()
	if err != nil {
		return s.hide(err)
	}
	if string(results[0].Rows[0][0]) == "t" {
		return fmt.Errorf("%w: %s: its tables are not dropped", storage.ErrStands, s.name)
	}
	return nil
}
