package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"readout/timeline"
)

// pinsCookie holds the series that a reader wants on the first page. It is no secret, and the
// archive does not know of it.
const pinsCookie = "readout_pins"

// pinsMost is how many series the first page shows at most.
const pinsMost = 12

// pins are the series that the caller has pinned, in the order in which he did.
func pins(r *http.Request) []timeline.SeriesID {
	c, err := r.Cookie(pinsCookie)
	if err != nil {
		return nil
	}
	var out []timeline.SeriesID
	for id := range strings.SplitSeq(c.Value, ".") {
		name, err := url.QueryUnescape(id)
		if id := timeline.SeriesID(name); err == nil && id != "" && len(out) < pinsMost && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// variant tells apart the answers that a page has for different callers, "" where all get the
// same: what somebody pinned shows on the first page and on that of the series.
func variant(r *http.Request) string {
	if r.URL.Path != "/" && !strings.HasPrefix(r.URL.Path, "/series/") {
		return ""
	}
	var out strings.Builder
	for _, id := range pins(r) {
		out.WriteString(" " + string(id))
	}
	return out.String()
}

// pin adds a series to the first page of the caller, or takes it away where it is there.
func (s *Server) pin(w http.ResponseWriter, r *http.Request) {
	id := seriesID(r.PathValue("series"))
	st, err := s.library.now(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if _, ok := st.series[id]; !ok {
		s.fail(w, r, &badSeries{id})
		return
	}
	have := pins(r)
	if i := slices.Index(have, id); i >= 0 {
		have = slices.Delete(have, i, i+1)
	} else {
		have = append(have, id)
	}
	have = have[max(0, len(have)-pinsMost):]
	words := make([]string, len(have))
	for i, x := range have {
		words[i] = url.QueryEscape(string(x))
	}
	const year = 365 * 24 * 60 * 60
	http.SetCookie(w, &http.Cookie{
		Name:     pinsCookie,
		Value:    strings.Join(words, "."),
		Path:     "/",
		MaxAge:   year,
		HttpOnly: true,
		SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, seriesHref(id), http.StatusSeeOther)
}
