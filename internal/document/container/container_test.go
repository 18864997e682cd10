package container_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document/container"
)

type file struct{ name, data string }

func packZIP(tb testing.TB, files ...file) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write([]byte(f.data))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func packTar(tb testing.TB, files ...file) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		err := w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.data)), Mode: 0o600, Typeflag: tar.TypeReg})
		if err == nil {
			_, err = w.Write([]byte(f.data))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func pack(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(data)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// contents opens a container and tells what it holds: "name: data" or "name!
// error" for each.
func contents(name string, data []byte, l container.Limits) []string {
	out := []string{}
	for it, err := range container.Open(name, data, container.Options{Limits: l}) {
		if err != nil {
			out = append(out, it.Name+"! "+err.Error())
			continue
		}
		out = append(out, it.Name+": "+string(it.Data))
	}
	return out
}

func TestArchives(t *testing.T) {
	files := []file{
		{"a.html", "<p>A"}, {"photo.png", "\x89PNG"}, {".git/config", "x"}, {"__MACOSX/._a.html", "x"}, {"empty.txt", ""},
		{"../../etc/b.txt", "B"}, {`sub\c.txt`, "C"},
	}
	want := func(name string) []string {
		return []string{name + "/a.html: <p>A", name + "/etc/b.txt: B", name + "/sub/c.txt: C"}
	}
	inner := packZIP(t, files...)
	for _, tt := range []struct {
		name string
		data []byte
		want []string
	}{
		{"x.zip", inner, want("x.zip")},
		{"misnamed.txt", inner, want("misnamed.txt")},
		{"x.tar", packTar(t, files...), want("x.tar")},
		{"x.tgz", pack(t, packTar(t, files...)), want("x.tgz")},
		{"a.html.gz", pack(t, []byte("<p>A")), []string{"a.html: <p>A"}},
		{"outer.zip", packZIP(t, file{"in.zip", string(inner)}), want("outer.zip/in.zip")},
		{"a.html", []byte("<html><p>A"), []string{}},
		{"a.docx", packZIP(t, file{"[Content_Types].xml", "<Types/>"}, file{"word/document.xml", "<d/>"}), []string{}},
		{"a.odt", packZIP(t, file{"mimetype", "application/vnd.oasis.opendocument.text"}, file{"content.xml", "<d/>"}), []string{}},
		{"none.zip", packZIP(t, file{"photo.png", "\x89PNG"}), []string{"none.zip! it holds no document"}},
		{"map.xml", []byte(`<?xml version="1.0"?><urlset xmlns="http://x"><url><loc>https://a.example/</loc></url></urlset>`), []string{"map.xml! " + container.ErrListing.Error()}},
	} {
		if diff := cmp.Diff(tt.want, contents(tt.name, tt.data, container.Limits{})); diff != "" {
			t.Errorf("Open(%s) (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestDamage has one bad member cost itself only.
func TestDamage(t *testing.T) {
	data := packZIP(t, file{"a.txt", strings.Repeat("first ", 50)}, file{"b.txt", "second"})
	at := bytes.Index(data, []byte("a.txt")) + len("a.txt") + 4
	data[at] ^= 0xFF
	got := contents("x.zip", data, container.Limits{})
	if diff := cmp.Diff([]string{"x.zip/a.txt! it is damaged or cut off", "x.zip/b.txt: second"}, got); diff != "" {
		t.Errorf("damaged member (-want +got):\n%s", diff)
	}
	data = packZIP(t, file{"a.txt", "first"}, file{"b.txt", "second"})
	data[bytes.Index(data, []byte("PK\x01\x02"))+8] |= 1
	if got := contents("x.zip", data, container.Limits{}); !strings.Contains(got[0], "encrypted") || got[1] != "x.zip/b.txt: second" {
		t.Errorf("encrypted member: %q", got)
	}
	for _, cut := range [][]byte{data[:len(data)/2], pack(t, packTar(t, file{"a.txt", strings.Repeat("a", 5000)}))[:40]} {
		if got := contents("cut", cut, container.Limits{}); len(got) != 1 || !strings.Contains(got[0], "damaged") {
			t.Errorf("container cut off: %q", got)
		}
	}
}

func TestLimits(t *testing.T) {
	zeros := strings.Repeat("\x00", 100<<20)
	bomb := packZIP(t, file{"a.txt", zeros})
	nested := packZIP(t, file{"a.txt", "deep"})
	for range 6 {
		nested = packZIP(t, file{"in.zip", string(nested)})
	}
	var many []file
	for i := range 20 {
		many = append(many, file{fmt.Sprintf("%02d.txt", i), "text"})
	}
	for _, tt := range []struct {
		name   string
		data   []byte
		limits container.Limits
		found  int // documents before the limit
	}{
		{"member", bomb, container.Limits{}, 0},
		{"ratio", packZIP(t, file{"a.txt", zeros[:60<<20]}, file{"b.txt", zeros[:60<<20]}), container.Limits{Entry: 100 << 20}, 1},
		{"stream", pack(t, packTar(t, file{".hidden", zeros})), container.Limits{}, 0},
		{"depth", nested, container.Limits{}, 0},
		{"entries", packZIP(t, many...), container.Limits{Entries: 10}, 10},
		{"total", packZIP(t, many...), container.Limits{Total: 30}, 7},
	} {
		found := 0
		var last error
		for it, err := range container.Open("x", tt.data, container.Options{Limits: tt.limits}) {
			if err == nil {
				found++
			} else if last = err; it.Data != nil {
				t.Errorf("%s: an error with data", tt.name)
			}
		}
		if found != tt.found || !errors.Is(last, container.ErrLimit) {
			t.Errorf("%s: %d documents and %v, want %d and ErrLimit", tt.name, found, last, tt.found)
		}
	}
}

func TestFeed(t *testing.T) {
	long := "<p>" + strings.Repeat("The two ministers agreed to keep the harbour open. ", 20) + "</p>"
	rss := `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
<item><title>Talks &amp; dinner</title><link>https://mfa.example/1</link><pubDate>Fri, 03 Mar 2034 18:04:00 +0100</pubDate><description>Short.</description><content:encoded><![CDATA[<p>They met.</p>]]></content:encoded></item>
<item><title>Only a summary</title><link>https://mfa.example/2</link><description>They met.</description></item>
<item><title>All of it</title><link>https://mfa.example/3</link><description><![CDATA[` + long + `]]></description></item></channel></rss>`
	atom := `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Talks</title><link href="https://mfa.example/4"/><updated>2034-03-03T18:04:00Z</updated><content type="html">&lt;p&gt;They met.&lt;/p&gt;</content></entry></feed>`
	json := `{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"id": "5", "url": "https://mfa.example/5", "title": "Talks", "content_html": "<p>They met.</p>"}]}`
	type found struct{ URL, Title, Published, Err string }
	var got []found
	for _, data := range []string{rss, atom, json} {
		for it, err := range container.Open("feed", []byte(data), container.Options{}) {
			f := found{URL: it.URL, Title: it.Title, Published: it.Published}
			if err != nil {
				f = found{URL: it.Name, Err: "summary"}
				if !errors.Is(err, container.ErrSummary) {
					t.Error(err)
				}
			} else if page := string(it.Data); !strings.Contains(page, "<p>The") || !strings.Contains(page, `<link rel="canonical" href="`+it.URL+`">`) {
				t.Errorf("page of %s: %s", it.URL, page)
			}
			got = append(got, f)
		}
	}
	want := []found{
		{URL: "https://mfa.example/1", Title: "Talks & dinner", Published: "2034-03-03T17:04:00Z"},
		{URL: "feed/https://mfa.example/2", Err: "summary"},
		{URL: "https://mfa.example/3", Title: "All of it"},
		{URL: "https://mfa.example/4", Title: "Talks", Published: "2034-03-03T18:04:00Z"},
		{URL: "https://mfa.example/5", Title: "Talks"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feeds (-want +got):\n%s", diff)
	}
}

// record makes a WARC record.
func record(kind, url, date, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, url, date, len(body), body)
}

func warcRecords(tb testing.TB) []string {
	const day = "2034-03-03T18:04:05Z"
	html := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
	zipped := pack(tb, []byte("<p>Two"))
	return []string{
		record("warcinfo", "", day, "software: x"),
		record("request", "https://mfa.example/1", day, "GET / HTTP/1.1\r\n\r\n"),
		record("response", "https://mfa.example/1", day, html+"Content-Length: 6\r\n\r\n<p>One"),
		record("response", "https://mfa.example/2", "2035-03-03T18:04:05.25Z", html+"Content-Encoding: gzip\r\n\r\n"+string(zipped)),
		record("response", "https://mfa.example/3", day, html+"Transfer-Encoding: chunked\r\n\r\n8\r\n<p>Three\r\n0\r\n\r\n"),
		record("response", "https://mfa.example/gone", day, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone"),
		record("response", "https://mfa.example/p.png", day, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
		record("revisit", "https://mfa.example/1", "2036-03-03T18:04:05Z", "HTTP/1.1 200 OK\r\n\r\n"),
		record("resource", "https://mfa.example/4", day, "Four"),
		record("response", "<https://mfa.example/5>", day, "HTTP/2 200\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nFive"),
	}
}

func TestWARC(t *testing.T) {
	records := warcRecords(t)
	var packed []byte
	for _, r := range records {
		packed = append(packed, pack(t, []byte(r))...)
	}
	plain := strings.Join(records, "")
	want := []string{
		"https://mfa.example/1 2034-03-03T18:04:05Z <p>One", "https://mfa.example/2 2035-03-03T18:04:05.25Z <p>Two", "https://mfa.example/3 2034-03-03T18:04:05Z <p>Three",
		"https://mfa.example/4 2034-03-03T18:04:05Z Four", "https://mfa.example/5 2034-03-03T18:04:05Z Five",
	}
	read := func(data []byte) (got []string, errs int) {
		for it, err := range container.Open("x.warc.gz", data, container.Options{}) {
			if err != nil {
				errs++
				continue
			}
			got = append(got, it.URL+" "+it.CapturedAt.Format(time.RFC3339Nano)+" "+string(it.Data))
		}
		return got, errs
	}
	for name, data := range map[string][]byte{"by record": packed, "whole": pack(t, []byte(plain)), "plain": []byte(plain)} {
		got, errs := read(data)
		if diff := cmp.Diff(want, got); diff != "" || errs > 0 {
			t.Errorf("%s: %d errors (-want +got):\n%s", name, errs, diff)
		}
	}
	// The second page's record is damaged.
	at := len(pack(t, []byte(records[0]))) + len(pack(t, []byte(records[1]))) + len(pack(t, []byte(records[2])))
	broken := bytes.Clone(packed)
	for i := range 20 {
		broken[at+30+i] ^= 0xFF
	}
	got, errs := read(broken)
	if diff := cmp.Diff(append([]string{want[0]}, want[2:]...), got); diff != "" || errs == 0 {
		t.Errorf("damaged record: %d errors (-want +got):\n%s", errs, diff)
	}
	got, errs = read([]byte(strings.Replace(plain, "Content-Length: 11", "Content-Length: x", 1)))
	if len(got) != len(want) || errs != 1 {
		t.Errorf("a record without a length: %d pages and %d errors, want %d and 1", len(got), errs, len(want))
	}
}

func TestCDX(t *testing.T) {
	at := time.Date(2034, 3, 3, 18, 4, 5, 0, time.UTC)
	want := []container.Capture{{URL: "https://mfa.example/1", At: at, MediaType: "text/html", Status: 200, Digest: "ABC"}}
	for name, data := range map[string]string{
		"server": "example,mfa)/1 20340303180405 https://mfa.example/1 text/html 200 ABC 1234\nbad line\n",
		"file":   " CDX N b a m s k r M S V g\nexample,mfa)/1 20340303180405 https://mfa.example/1 text/html 200 ABC - - 12 34 x.warc.gz\n!\nx y z\n",
		"order":  " CDX b k s m a\n20340303180405 ABC 200 text/html https://mfa.example/1\n- - - - -\n",
		"json":   `[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],["example,mfa)/1","20340303180405","https://mfa.example/1","text/html","200","ABC","1234"],[],["resume key"]]`,
		"cdxj":   `example,mfa)/1 20340303180405 {"url": "https://mfa.example/1", "mime": "text/html", "status": "200", "digest": "ABC"}` + "\nexample,mfa)/ 2034 {}\n",
	} {
		got, skipped, err := container.CDX([]byte(data))
		if diff := cmp.Diff(want, got); diff != "" || err != nil || skipped != 1 {
			t.Errorf("%s: skipped %d, %v (-want +got):\n%s", name, skipped, err, diff)
		}
		if kind := container.Detect("", []byte(data)); kind != container.CDXList {
			t.Errorf("%s: detected as %q", name, kind)
		}
	}
	if got, want := want[0].Replay(), "https://web.archive.org/web/20340303180405id_/https://mfa.example/1"; got != want {
		t.Errorf("Replay = %s, want %s", got, want)
	}
	if _, _, err := container.CDX([]byte("nothing\n")); !errors.Is(err, container.ErrEmpty) {
		t.Errorf("CDX of no captures = %v, want ErrEmpty", err)
	}
}

// FuzzOpen holds every container to its limits, and to names and addresses that
// can be shown.
func FuzzOpen(f *testing.F) {
	f.Add(packZIP(f, file{"a.html", "<p>A"}, file{"b.txt", "B"}))
	f.Add(pack(f, packTar(f, file{"a.html", "<p>A"})))
	for _, r := range warcRecords(f) {
		f.Add([]byte(r))
		f.Add(pack(f, []byte(r)))
	}
	f.Add([]byte(`<rss version="2.0"><channel><item><title>T</title><link>https://a.example</link><description>D</description></item></channel></rss>`))
	f.Add([]byte(`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "x"}]}`))
	f.Add([]byte(`[{"link":"https://mfa.example/1","title":{"rendered":"A"},"content":{"rendered":"<p>b</p>"}}]`))
	f.Add([]byte("<?xml version=\"1.0\"?><a><b c=\"d\">e</b></a>"))
	f.Add([]byte("day,title,body\n1,2,3\n"))
	f.Add([]byte("example,mfa)/1 20340303180405 https://mfa.example/1 text/html 200 ABC 1234\n"))
	limits := container.Limits{Entries: 100, Entry: 1 << 20, Total: 4 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, total := 0, 0
		for it, err := range container.Open("x", data, container.Options{Limits: limits}) {
			n++
			total += len(it.Data)
			if !utf8.ValidString(it.Name) {
				t.Errorf("name %q is not UTF-8", it.Name)
			}
			if err != nil && it.Data != nil || err == nil && len(it.Data) == 0 {
				t.Errorf("item %q of %d bytes with error %v", it.Name, len(it.Data), err)
			}
		}
		// Every member may fail and so may every container around it.
		if n > 2*limits.Entries+10 || total > int(limits.Total)+len(data) {
			t.Errorf("%d items of %d bytes in all", n, total)
		}
		if container.Detect("x", data) == container.None && n > 0 {
			t.Error("items of what is no container")
		}
		_, _, _ = container.CDX(data) // must not panic
	})
}
