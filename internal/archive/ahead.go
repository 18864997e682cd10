package archive

import (
	"context"
	"runtime"
	"sync"

	"readout/storage"
)

// captured is bytes with all that was said about them.
type captured struct {
	rows []storage.Capture // one at least
	data []byte
}

func (d captured) hash() storage.Hash { return d.rows[0].SHA256 }

// ahead is what documents were read as before the store was held, by key.
type ahead map[storage.ReadingKey]readAhead

type readAhead struct {
	reading *storage.Reading
	inputs  string // what it was read with
	err     error
}

// readAhead reads documents in parallel. It says nothing of those that it did not come
// to before ctx was done.
func (a *Archive) readAhead(ctx context.Context, docs []captured) ahead {
	out := ahead{}
	var mu sync.Mutex
	work := make(chan captured)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		wg.Go(func() {
			for d := range work {
				strands, err := strandsOf(d.rows)
				if err != nil || ctx.Err() != nil {
					continue // said when the store is held
				}
				for _, s := range strands {
					r := readAhead{inputs: a.inputs(s)}
					r.reading, r.err = a.read(s, d.data)
					mu.Lock()
					out[s.key] = r
					mu.Unlock()
				}
			}
		})
	}
	for _, d := range docs {
		work <- d
	}
	close(work)
	wg.Wait()
	return out
}

// readOr returns what a strand was read as ahead, or reads it where more has been said
// about it since.
func (a *Archive) readOr(made ahead, s *strand, data []byte) (*storage.Reading, error) {
	if r, ok := made[s.key]; ok && r.inputs == a.inputs(s) {
		return r.reading, r.err
	}
	return a.read(s, data)
}
