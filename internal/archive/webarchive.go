package archive

import (
	"context"
	"io"
	"slices"

	"readout/internal/archive/warc"
	"readout/storage"
)

// ExportWARC writes all captures as a WARC file, or as a WACZ package; program is the
// software that it names. Corrections of what was said about bytes are no captures of them,
// and what was withdrawn is not there. The file does not depend on the order in which things
// came in.
func (a *Archive) ExportWARC(ctx context.Context, w io.Writer, wacz bool, program string) error {
	write := warc.Write
	if wacz {
		write = warc.WriteWACZ
	}
	return a.view(ctx, func(r storage.Reader) error {
		return write(w, program, func(yield func(*warc.Document, error) bool) {
			for c, err := range r.Captures() {
				var d *warc.Document
				if err == nil && ctx.Err() != nil {
					err = ctx.Err()
				}
				if err == nil && !c.NotedAt.IsZero() {
					continue
				}
				if err == nil {
					d, err = documentOf(r, c)
				}
				if !yield(d, err) || err != nil {
					return
				}
			}
		})
	})
}

// documentOf is a capture as other programs take it.
func documentOf(r storage.Reader, c storage.Capture) (*warc.Document, error) {
	data, err := r.Blob(c.SHA256)
	if err != nil {
		return nil, err
	}
	d := &warc.Document{URL: c.URL, Name: c.Name, MediaType: c.MediaType, At: c.CapturedAt, Data: data}
	strands, err := strandsAt(r, c.SHA256)
	if err != nil {
		return nil, err
	}
	for _, s := range strands {
		if !slices.ContainsFunc(s.rows, func(x storage.Capture) bool { return compareCaptures(x, c) == 0 }) {
			continue
		}
		if d.URL == "" {
			d.URL = s.said.Source
		}
		if reading, err := r.Reading(s.key); err == nil { // bytes that cannot be read have none
			d.Title = reading.Release.Title
		}
	}
	return d, nil
}
