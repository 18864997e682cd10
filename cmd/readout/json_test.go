package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/ask"
)

// shapes holds, for every schema, the fields that were seen, by path ("results[].held"),
// and the types of their values.
type shapes map[string]map[string]map[string]bool

// add notes the fields of a document that has a schema; documents inside it that have
// one of their own are noted under theirs.
func (s shapes) add(doc map[string]any) {
	schema, _ := doc["schema"].(string)
	if s[schema] == nil {
		s[schema] = map[string]map[string]bool{}
	}
	s.fields(schema, "", doc)
}

func (s shapes) fields(schema, prefix string, doc map[string]any) {
	for name, value := range doc {
		if open[schema+" "+prefix+name] {
			s.note(schema, prefix+name, "object")
			continue
		}
		s.value(schema, prefix+name, value)
	}
}

// open are objects whose keys are data and not fields.
var open = map[string]bool{"readout.pull/1 requests": true}

func (s shapes) value(schema, path string, value any) {
	switch v := value.(type) {
	case nil:
		s.note(schema, path, "null")
	case bool:
		s.note(schema, path, "boolean")
	case float64:
		s.note(schema, path, "number")
	case string:
		s.note(schema, path, "string")
	case []any:
		s.note(schema, path, "array")
		for _, x := range v {
			s.element(schema, path+"[]", x)
		}
	case map[string]any:
		if inner, ok := v["schema"].(string); ok {
			s.note(schema, path, inner)
			s.add(v)
			return
		}
		s.note(schema, path, "object")
		s.fields(schema, path+".", v)
	}
}

// element notes an element of an array: its fields where it is an object, nothing
// where it is null or a string, whose list says enough.
func (s shapes) element(schema, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["schema"]; ok {
			s.add(v)
			return
		}
		s.fields(schema, path+".", v)
	}
}

func (s shapes) note(schema, path, kind string) {
	if s[schema][path] == nil {
		s[schema][path] = map[string]bool{}
	}
	s[schema][path][kind] = true
}

// page is docs/json.md: for every schema and every part (a table that several answers
// share, under a heading of its own) its fields with their types.
type page map[string]map[string]string

func readPage(t *testing.T) page {
	t.Helper()
	text, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	heading := regexp.MustCompile("^##+ `?([a-z0-9/.-][a-z0-9/. -]*?)`?$")
	row := regexp.MustCompile("^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]*)\\|$")
	out, name := page{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if m := heading.FindStringSubmatch(line); m != nil {
			if name = m[1]; out[name] != nil {
				t.Errorf("docs/json.md has two headings %q", name)
			}
			out[name] = map[string]string{}
		}
		if m := row.FindStringSubmatch(line); m != nil {
			out[name][m[1]] = m[2]
			if strings.HasPrefix(name, "readout.") { // said once for all of them
				out[name]["schema"] = "string"
			}
		}
	}
	return out
}

// field finds the documented type of a path, and the heading and name under which it
// stands. Every step through a list or an object leads to the part that the type names.
func (p page) field(schema, path string) (typ, heading, name string, ok bool) {
	heading = schema
	for steps := strings.Split(path, "."); ; steps = steps[1:] {
		name = strings.TrimRight(steps[0], "[]")
		if typ, ok = p[heading][name]; !ok || len(steps) == 1 {
			return typ, heading, name, ok
		}
		heading = partOf(typ)
	}
}

// partOf returns the part that a type such as "array of edit" or "agenda or null"
// names.
func partOf(typ string) string {
	return strings.TrimPrefix(strings.TrimSuffix(typ, " or null"), "array of ")
}

// allows reports whether a value of that kind fits the documented type.
func (p page) allows(typ, kind string) bool {
	switch base := strings.TrimSuffix(typ, " or null"); kind {
	case "null": // in "array of x or null" it is the elements that may be
		return base != typ && !strings.HasPrefix(typ, "array of ")
	case "array":
		return base == "array" || strings.HasPrefix(base, "array of ") && p[partOf(typ)] != nil
	case "object":
		return base == "object" || p[base] != nil
	default:
		return base == kind
	}
}

// TestJSONIsDocumented compares docs/json.md with what the commands really write about
// the embedded releases: every field seen is on the page, every field of the page is
// seen, and every schema and part is used.
func TestJSONIsDocumented(t *testing.T) {
	seen, docs := seenShapes(t), readPage(t)
	met := map[string]bool{}
	for schema, fields := range seen {
		for _, path := range slices.Sorted(maps.Keys(fields)) {
			kinds := slices.Sorted(maps.Keys(fields[path]))
			typ, heading, name, ok := docs.field(schema, path)
			if !ok {
				t.Errorf("docs/json.md, %s: no field `%s` (%s), missing under %q", schema, path, strings.Join(kinds, " or "), heading)
				continue
			}
			met[heading+" "+name] = true
			for _, kind := range kinds {
				if !docs.allows(typ, kind) {
					t.Errorf("docs/json.md, %s: `%s` is documented as %s, seen as %s", schema, path, typ, kind)
				}
			}
			if slices.Contains(kinds, "array") && slices.Contains(kinds, "null") {
				t.Errorf("%s: `%s` is a list or null", schema, path)
			}
		}
	}
	for heading, fields := range docs {
		for name := range fields {
			if !met[heading+" "+name] {
				t.Errorf("docs/json.md, %s: `%s` is in no answer", heading, name)
			}
		}
	}
}

// TestEverySchemaIsDocumented looks for the schemas that the source names.
func TestEverySchemaIsDocumented(t *testing.T) {
	docs := readPage(t)
	name := regexp.MustCompile(`"(readout\.[a-z-]+/[0-9]+)"`)
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(filepath.Join("../..", path))
		for _, m := range name.FindAllSubmatch(source, -1) {
			if docs[string(m[1])] == nil {
				t.Errorf("%s: docs/json.md has no heading for %s", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// asked returns the answer of the API to a question that no command asks.
func asked(t *testing.T, db, path string) map[string]any {
	t.Helper()
	address, stop := serving(t, "--db", db)
	defer stop()
	var doc map[string]any
	if err := json.Unmarshal([]byte(answer(t, address, path)), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// seenShapes runs every command that answers in JSON.
func seenShapes(t *testing.T) shapes {
	t.Helper()
	d := desk{t, t.TempDir()}
	for name, value := range home(d.dir) {
		t.Setenv(name, value)
	}
	write := func(name, text string) string {
		path := filepath.Join(d.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("readout.db", string(seedStore(t)))
	title := "Norway-Uruguay Foreign Ministers' Meeting\n\nMay 20, 2036\n\nOn May 19, Foreign Minister Ingrid Solvang met Foreign Minister Tabaré Etcharren in Oslo.\n"
	first := write("first.txt", title+"\nParticipants: twelve officials\n\n1. Krill quota issue\n\nThe two ministers agreed that the quota would be 40 tonnes. They met for an hour.\n")
	second := write("second.txt", title+"\n1. Krill quota\n\nIn Bergen the two ministers agreed that the quota would be 50 tonnes.\n")
	other := write("other.txt", title+"\n1. Krill quota\n\nThe two ministers agreed that the quota would be 50 tons. Foreign Minister Etcharren urged Norway to send observers.\n")
	beside := write("beside.md", "---\ntitle: Agreement between Norway and Peru\ndate: 2037-03-04\n---\n\nThe two ministers agreed[^1] to share the catch of anchovy.\n\n"+
		"| Port | 2038 |\n| --- | --- |\n| Ilo | 9 |\n| Bergen | 4 |\n\n## Annex A: Ports\n\nThe ports are those of the table above.\n\n[^1]: Peru holds that nothing is prejudged.\n")
	undated := write("undated.txt", "Norway-Chile Summit Meeting\n\nOn December 1, Prime Minister Ada Holm of Norway met President Luis Rojas of Chile.\n")
	english := write("english.md", "---\ntitle: Uruguay-Norway Foreign Ministers' Meeting\nurl: https://www.cancilleria.example.uy/en\n---\n\n"+
		"On February 3, 2039, the Foreign Ministers of Uruguay and Norway held a meeting in Montevideo.\n\n## 1. Lighthouses\n\nThe two ministers confirmed the plan.\n")
	spanish := write("spanish.md", "---\ntitle: Reunión de los ministros de Relaciones Exteriores de Uruguay y Noruega\nurl: https://www.cancilleria.example.uy/es\n---\n\n"+
		"El 3 de febrero de 2039, los ministros de Relaciones Exteriores de Uruguay y Noruega se reunieron en Montevideo.\n\n## 1. Faros\n\nLos dos ministros confirmaron el plan.\n")
	folder := filepath.Join(d.dir, "mirror")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	write("mirror/logo.png", "no document")
	visit := write("visit.txt", "Visit of President Luis Rojas to Norway\n\nPresident Luis Rojas of Chile visited Oslo, Norway, on 4–7 May 2041.\n")
	monthly, yearly := monthlyMeetings(write), yearlyMeetings(write)
	server := ministry(t)
	file := filepath.Join(d.dir, "sources.yaml")
	fetching := []string{"--sources", file, "--allow-private"}

	seen := shapes{}
	answers := func(code int, args ...string) {
		out, _ := d.run(code, append(args, "--format", "json")...)
		var doc map[string]any
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatalf("readout %s: %v", strings.Join(args, " "), err)
		}
		if doc["schema"] == nil {
			t.Fatalf("readout %s: the answer has no schema", strings.Join(args, " "))
		}
		seen.add(doc)
	}
	ask := func(args ...string) { answers(exitOK, args...) }
	for _, args := range [][]string{
		{"list"}, {"series"}, {"topics", "--series", "NO-UY"}, {"show", "2032-05-19"}, {"cite", "2032-05-19#1"}, {"log", "2032-05-19"}, {"blame", "2033-11-24"},
		{"timeline", "krill-quota-issue"}, {"timeline", "Shipping corridor for green ammonia"},
		{"diff", "2031-03-11", "2031-10-02"}, {"diff", "2032-05-19@v1", "2032-05-19@v2"}, {"diff", first, second},
		{"diff", "--topic", "krill-quota-issue", "--all"}, {"diff", "--topic", "krill-quota-issue", "--table"}, {"diff", "--two-sided", second, other}, {"diff", "--two-sided", english, spanish},
		{"phrase", "on an equal footing"}, {"phrase", "at an early date"}, {"phrase", "zeppelin"}, {"phrases", "--series", "NO-UY", "--uses", "2"},
		{"matrix", "--series", "NO-UY"}, {"brief", "--series", "NO-UY"}, {"brief", "--series", "NO-UY", "--before", "2033-06-01"},
		{"search", "cargo"}, {"topics", "explain", "2032-05-19-no-uy-foreign-ministers-meeting#3"},
		{"sources", "catalogue", "japan"}, {"verify", "--store"}, {"check"}, {"repair", filepath.Join(d.dir, "repaired.db")},
		{"copy", filepath.Join(d.dir, "repaired.db"), filepath.Join(d.dir, "copied.db")}, {"migrate"}, {"compact"}, {"reindex"}, {"stats"}, {"version"},
		{"watch", "add", "krill", "--topic", "krill", "--series", "NO-UY", "--phrase", "quota", "--kind", "record,call", "--level", "summit", "--min-words", "2", "--shifts"}, {"watch"},
		append([]string{"sources", "test", server.URL + "/press/"}, fetching...),
		append([]string{"sources", "add", server.URL + "/press/", "--name", "oslo"}, fetching...),
		append([]string{"sources", "list"}, "--sources", file),
		append([]string{"pull"}, fetching...),
		{"ingest", beside}, {"show", "2037-03-04"}, append([]string{"ingest"}, sitePages(write)...),
		{"ingest", first}, {"ingest", undated}, {"ingest", visit}, {"show", "2041-05-04"}, {"show", "cl-no-summit-meeting"}, {"doubts"}, {"ingest", folder}, append([]string{"ingest"}, monthly...),
		{"brief", "--series", "CL-NO"}, {"matrix", "--series", "CL-NO"}, {"timeline", "lighthouses", "--series", "CL-NO"}, {"phrases", "--series", "CL-NO"},
		append([]string{"ingest"}, yearly...), {"formulas", "--series", "IS-PE"}, {"spread", "herring grounds"}, {"substitutions", "--series", "IS-PE"},
		append([]string{"ingest"}, likelyOne(write)...), {"topics", "--series", "IS-MT"}, {"topics", "propose", "--series", "IS-MT"}, {"timeline", "High-level visits", "--series", "IS-MT"},
	} {
		if slices.Contains(args, "add") { // says on standard error what it did
			d.run(exitOK, args...)
			continue
		}
		ask(args...)
	}
	tiny, stop := recordedModel("same")
	defer stop()
	ask("judge", "--model-url", tiny, "--series", "IS-MT")
	for _, question := range [][]string{{"topics"}, {"matrix"}, {"brief"}, {"timeline", "High-level visits"}} {
		ask(append(question, "--series", "IS-MT")...)
	}
	seen.add(asked(t, filepath.Join(d.dir, "readout.db"), "/notable?series=IS-PE"))
	if err := os.Mkdir(filepath.Join(d.dir, "rules"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("rules/acts.tsv", "verb\tharrumph\tcondemn\t-\t57\n> Norway harrumphed the krill quota. => act welcome\n")
	answers(exitFailed, "rules", "test", "--rules", filepath.Join(d.dir, "rules"))
	ask("rules", "why", "2031-03-11#4")
	bundle, _ := d.run(exitOK, "prove", "2031-03-11#4", "--format", "json")
	ask("prove", "2031-03-11#4")
	ask("verify", write("bundle.json", bundle))
	brief, _ := d.run(exitOK, "brief", "--series", "NO-UY")
	answers(exitFailed, "brief", "--check", write("brief.txt", strings.Replace(brief, "raised at 4", "raised at 3", 1)))
	head, _ := d.run(exitOK, "verify", "--store")
	d.run(exitOK, "ingest", second, "--captured-at", "2020-01-01T00:00:00Z")
	answers(exitFailed, "verify", "--store", "--against", write("head.txt", head))
	seen.add(stamped(t))
	ask("withdraw", "2037-03-04", "--reason", "sent in error")
	ask("prove", "2037-03-04-no-pe-statement")
	server.Close() // from now on the source is in trouble
	d.run(exitFailed, append([]string{"pull", "--force"}, fetching...)...)
	ask("changes")
	ask("changes", "--max", "1")
	return seen
}

// stamped is the answer about a head with a time stamp, for which TestTimestamp asks an authority.
func stamped(t *testing.T) (doc map[string]any) {
	t.Helper()
	data, err := json.Marshal(&ask.Verification{Schema: "readout.verification/1", Proved: []string{}, Unproved: []string{}, Stamps: []ask.TimeStamp{{Of: "head"}}})
	if err == nil {
		err = json.Unmarshal(data, &doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// likelyOne writes releases of which one raises visits, and the other what is likely the
// same issue; an issue of the first is part of another.
func likelyOne(write func(name, text string) string) []string {
	const visits, schedule = "1. High-level visits\n\nThe two ministers agreed that the President of Malta would come to Iceland in the autumn.\n\n2. North Korea\n\nThe two ministers condemned the launch of a missile by North Korea.\n\n3. Abductions issue\n\nThe two ministers discussed the abductions.\n",
		"1. Political schedule\n\nThe two ministers shared the view that talks should be held soon.\n"
	var out []string
	for n, text := range []string{visits, schedule} {
		text = fmt.Sprintf("Iceland-Malta Foreign Ministers' Meeting\n\nOn May 2, %d, the Foreign Ministers of Iceland and Malta held a meeting in Valletta.\n\n", 2041+n) + text
		out = append(out, write(fmt.Sprintf("malta-%d.txt", n), text))
	}
	return out
}

// sitePages writes six pages of a site, and each again with a line that is the site's.
func sitePages(write func(name, text string) string) []string {
	var out []string
	for n := range 12 {
		day := 1 + n%6
		text := fmt.Sprintf("---\ntitle: Iceland-Oman talks\ndate: 2043-06-0%d\nurl: https://mfa.example/talks/%d\n---\n\nThe two ministers agreed on the pier.\n", day, day)
		if n >= 6 {
			text += "\nThe reading room stays closed until the end of May.\n"
		}
		out = append(out, write(fmt.Sprintf("site-%d.md", n), text))
	}
	return out
}

// yearlyMeetings writes releases in which a formula is firmed and then missing, and one
// wording gives way to another in three places, one a year.
func yearlyMeetings(write func(name, text string) string) []string {
	matters := []string{"salted fish on the villages of the coast", "felted wool on the shepherds of the hills", "church bells on the founders of the city"}
	var out []string
	for n := range 4 {
		text := fmt.Sprintf("Iceland-Peru Foreign Ministers' Meeting\n\nOn May 2, %d, the Foreign Ministers of Iceland and Peru held a meeting in Lima.\n\n1. Fisheries\n\n", 2041+n)
		switch n {
		case 0:
			text += "The two ministers confirmed their support for the lasting protection of the herring grounds off Kolbeinsey.\n"
		case 3:
			text += "The two ministers confirmed that grounds off Bress are rich in cod.\n"
		default:
			text += "The two ministers confirmed their strong support for the lasting protection of the herring grounds off Kolbeinsey.\n"
		}
		text += "\n2. Taxes\n"
		for i, m := range matters {
			what := "effect"
			if i < n {
				what = "burden"
			}
			text += "\nThe two ministers discussed the " + what + " of the tax on " + m + ".\n"
		}
		out = append(out, write(fmt.Sprintf("yearly-%d.txt", n), text))
	}
	return out
}

// monthlyMeetings writes releases of a series that meets every month, falls silent on one
// of its issues, and then is not heard of for years.
func monthlyMeetings(write func(name, text string) string) []string {
	var out []string
	for n := range 11 {
		day := fmt.Sprintf("%s 3, 2040", time.Month(n+1))
		if n == 10 {
			day = "March 3, 2046"
		}
		text := "Norway-Chile Foreign Ministers' Meeting\n\nOn " + day + ", the Foreign Ministers of Norway and Chile held a meeting in Oslo.\n\n" +
			"1. Lighthouses\n\nThe two ministers agreed that the lighthouses of the south would be kept in good repair.\n"
		if n < 6 {
			text += "\n2. Whale sanctuary\n\nThe two ministers confirmed that the whale sanctuary would be enlarged without delay.\n"
		}
		out = append(out, write(fmt.Sprintf("chile-%02d.txt", n), text))
	}
	return out
}
