package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/show"
	"readout/timeline"
)

//go:embed templates/*.tmpl
var templateFiles embed.FS

//go:embed static/*
var staticFiles embed.FS

// views are the templates and the files they point to.
type views struct {
	pages map[string]*template.Template // by page.View
	files fileServer
	look  look
}

// look is what the frame around every page needs to know.
type look struct {
	CSS              []string // addresses, as the next ones
	Script, Icon     string
	ReadOnly, Locked bool
}

// newViews parses the templates: "layout" and "parts" are shared, every other file
// is one view.
func newViews(o Options) (*views, error) {
	files, err := newFileServer(staticFiles)
	if err != nil {
		return nil, err
	}
	v := &views{
		pages: map[string]*template.Template{},
		files: files,
		look: look{CSS: []string{files.address("style.css"), files.address("findings.css")}, Script: files.address("page.js"),
			Icon: files.address("icon.svg"), ReadOnly: o.ReadOnly, Locked: o.Token != ""},
	}
	shared, err := template.New("shared").Funcs(funcs(o.Names)).ParseFS(templateFiles, "templates/layout.tmpl", "templates/parts.tmpl")
	if err != nil {
		return nil, fmt.Errorf("parse shared templates: %w", err)
	}
	names, err := fs.Glob(templateFiles, "templates/*.tmpl")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		view := strings.TrimSuffix(path.Base(name), ".tmpl")
		if view == "layout" || view == "parts" {
			continue
		}
		t, err := template.Must(shared.Clone()).ParseFS(templateFiles, name)
		if err != nil {
			return nil, fmt.Errorf("parse view %s: %w", view, err)
		}
		v.pages[view] = t
	}
	return v, nil
}

// framed is a page with the frame around it.
type framed struct {
	*page
	Look look
}

// render lays a page out.
func (v *views) render(p *page) ([]byte, error) { return v.execute(p.View, "layout", p) }

// piece lays out what a view shows, without the frame of a page.
func (v *views) piece(view string, data any) ([]byte, error) {
	return v.execute(view, "content", &page{Data: data})
}

func (v *views) execute(view, name string, p *page) ([]byte, error) {
	t, ok := v.pages[view]
	if !ok {
		return nil, fmt.Errorf("no view is called %q", view)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, framed{p, v.look}); err != nil {
		return nil, err
	}
	return clean(b.Bytes()), nil
}

// funcs are what templates may call.
func funcs(names func(timeline.Party) string) template.FuncMap {
	return template.FuncMap{
		"name":          names,
		"names":         func(ps []timeline.Party) string { return nameList(ps, names) },
		"day":           longDay,
		"shortDay":      shortDay,
		"trim":          func(s string) string { return strings.TrimRight(s, " ") },
		"count":         count,
		"judged":        show.JudgedText,
		"cite":          func(r *timeline.Release) string { return citing(r, names) },
		"releaseHref":   releaseHref,
		"seriesHref":    seriesHref,
		"topicHref":     topicHref,
		"compareHref":   compareHref,
		"acts":          actWords,
		"kinds":         kindWords,
		"join":          strings.Join,
		"isInsert":      func(e diff.Edit) bool { return e.Op == diff.Insert },
		"isDelete":      func(e diff.Edit) bool { return e.Op == diff.Delete },
		"instant":       instant,
		"shortInstant":  shortInstant,
		"shift":         show.ShiftText,
		"dropped":       func() string { return show.Dropped },
		"lull":          show.LullText,
		"standing":      standingWords,
		"spell":         func(l timeline.Level) string { return spell(string(l)) },
		"number":        number,
		"monthDay":      monthDay,
		"statementHref": statementHref,
		"matrix":        func(name string, d seriesData, rows []seriesRow) matrixView { return matrixView{name, d, rows} },
		"more":          func(rs []*timeline.Release, shown int) int { return len(rs) - shown },
		"short":         func(s string) string { return s[:min(12, len(s))] },
	}
}

// fileServer serves the embedded files. Their addresses hold a hash of the contents,
// so that a browser may keep them for good.
type fileServer map[string]staticFile

type staticFile struct {
	*content
	mediaType string
}

// mediaTypes are those of the embedded files. The system's own table is not asked:
// it differs from machine to machine.
var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func newFileServer(files embed.FS) (fileServer, error) {
	out := fileServer{}
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := files.ReadFile(name)
		out[path.Base(name)] = staticFile{newContent(data), mediaTypes[path.Ext(name)]}
		return err
	})
	return out, err
}

func (f fileServer) address(name string) string { return "/static/" + name + "?v=" + f[name].hash }

func (f fileServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := f[r.PathValue("file")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.URL.Query().Get("v") == file.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Content-Type", file.mediaType)
	file.send(w, r, http.StatusOK)
}

// nameList writes parties as people do: "Japan, Russia and the United States".
func nameList(ps []timeline.Party, names func(timeline.Party) string) string {
	var words []string
	for _, p := range ps {
		words = append(words, names(p))
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// seriesName returns the names of the parties of a series.
func seriesName(id timeline.SeriesID, names func(timeline.Party) string) string {
	if id == "" {
		return "Parties not known"
	}
	return nameList(slices.Clone(id.Parties()), names)
}
