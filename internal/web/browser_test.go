package web_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"readout/internal/web"
)

// shots makes TestScreenshots write its pictures.
var shots = flag.String("screenshots", "", "write screenshots of every page to `DIR`")

// tab is a page of a real browser, with what the browser complained about.
type tab struct {
	testing.TB
	ctx  context.Context
	base string

	mu         sync.Mutex
	complaints []string
}

// browse opens a browser on the handler. Where there is none the test is skipped,
// but not on a machine that is there for testing.
func browse(tb testing.TB, h http.Handler) *tab {
	tb.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			tb.Fatal("no chromium on the PATH: apt-get install chromium")
		}
		tb.Skip("no chromium on the PATH: apt-get install chromium")
	}
	srv := httptest.NewServer(h)
	tb.Cleanup(srv.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("force-color-profile", "srgb"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	tb.Cleanup(stop)
	alloc, stop = context.WithTimeout(alloc, 5*time.Minute)
	tb.Cleanup(stop)
	ctx, stop := chromedp.NewContext(alloc)
	t := &tab{TB: tb, ctx: ctx, base: srv.URL}
	messages := chromedp.Console(ctx)
	var listening sync.WaitGroup
	listening.Go(func() {
		for m, err := range messages {
			if err != nil {
				return // the browser has gone
			}
			t.hear(m)
		}
	})
	tb.Cleanup(func() {
		stop()
		listening.Wait()
		t.quiet("after all")
	})
	return t
}

// hear notes a message of the browser's console that tells of a fault.
func (t *tab) hear(m chromedp.ConsoleMessage) {
	if m.IsException() || m.Type == "error" || m.Type == "warning" {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.complaints = append(t.complaints, m.String())
	}
}

// quiet fails the test where the browser complained since it was last asked.
func (t *tab) quiet(what string) {
	t.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range t.complaints {
		t.Errorf("%s: the browser says: %s", what, c)
	}
	t.complaints = nil
}

func (t *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// value runs an action that returns something.
func value[T any](t *tab, a chromedp.Action[T]) T {
	t.Helper()
	out, err := chromedp.Run(t.ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// eval returns the value of a JavaScript expression.
func eval[T any](t *tab, expression string) T {
	t.Helper()
	return value(t, chromedp.Evaluate[T](expression))
}

func (t *tab) open(path string) {
	t.Helper()
	t.run(chromedp.Navigate(t.base+path), chromedp.WaitReady("main"))
}

// await asks until the expression is true. While the browser goes from one page to
// the next there is nobody to ask; that is no fault.
func (t *tab) await(expression string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok, err := chromedp.Run(t.ctx, chromedp.Evaluate[bool](expression)); ok && err == nil {
			return
		}
	}
	t.Fatalf("%s has not come true", expression)
}

// size makes the window so wide, in CSS pixels.
func (t *tab) size(width int64) { t.Helper(); t.run(chromedp.EmulateViewport(width, 900)) }

func (t *tab) dark(on bool) {
	t.Helper()
	scheme := "light"
	if on {
		scheme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
}

// sheets returns on how many pages of A4 the browser prints what it shows.
func (t *tab) sheets() int {
	t.Helper()
	printed, err := chromedp.Call(t.ctx, cdppage.PrintToPDF, cdppage.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		t.Fatal(err)
	}
	return len(regexp.MustCompile(`/Type /Page\s`).FindAll(printed.Data, -1))
}

// widths are a telephone, a tablet and a desk.
var widths = []int64{360, 768, 1440}

func TestNothingScrollsSidewaysAndNobodyComplains(t *testing.T) {
	b := browse(t, newServer(t, web.Options{Source: twoSided(t)}))
	for _, width := range widths {
		b.size(width)
		for _, path := range allPages() {
			b.open(path)
			if over := eval[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s at %d px is %d px too wide: %s", path, width, over, eval[string](b, widest))
			}
			b.quiet(path)
		}
	}
}

// widest names the elements that stick out of the window.
const widest = `[...document.querySelectorAll("main *, header *")].filter(e => !e.closest(".scroll, .hidden") && e.getBoundingClientRect().right > document.documentElement.clientWidth)
	.map(e => e.tagName + "." + e.getAttribute("class")).slice(0, 5).join(" ")`

// TestScreenshots makes pictures of every page for people to look at.
func TestScreenshots(t *testing.T) {
	if *shots == "" {
		t.Skip("no -screenshots DIR given")
	}
	b := browse(t, newServer(t, web.Options{Source: twoSided(t)}))
	for _, dark := range []bool{false, true} {
		b.dark(dark)
		for _, width := range widths {
			b.size(width)
			for _, path := range allPages() {
				b.open(path)
				png := value(b, chromedp.FullScreenshot(100))
				name := fmt.Sprintf("%s-%d-%v.png", strings.NewReplacer("/", "_", "?", "_", "=", "_", "&", "_", "@", "_").Replace(path), width, dark)
				if err := os.WriteFile(filepath.Join(*shots, name), png, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// readme makes TestReadmePictures write the pictures of the README.
var readme = flag.String("readme", "", "write the pictures of the README to `DIR`")

// TestReadmePictures makes the three pictures that the README shows:
//
//	go test ./internal/web -run ReadmePictures -readme ../../docs/images
func TestReadmePictures(t *testing.T) {
	if *readme == "" {
		t.Skip("no -readme DIR given")
	}
	b := browse(t, newServer(t, web.Options{Source: seeded(t)}))
	size := 0
	for _, p := range []struct {
		name, path string
		dark       bool
		width      int64
		last       string // the picture ends under this element
	}{
		{"matrix", "/series/NO-UY", false, 900, ".matrix-box"},
		{"timeline", seedTopic, true, 900, "#m-2033-11-24-no-uy-summit-meeting .change"},
		{"release", seedMeeting, false, 900, "#s2"},
	} {
		b.dark(p.dark)
		b.run(chromedp.EmulateViewport(p.width, 900))
		b.open(p.path)
		b.run(chromedp.EmulateViewport(p.width, eval[int64](b, "Math.ceil(document.querySelector('"+p.last+"').getBoundingClientRect().bottom) + 8")))
		png := value(b, chromedp.CaptureScreenshot())
		size += len(png)
		if err := os.WriteFile(filepath.Join(*readme, p.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if size > 400<<10 {
		t.Errorf("the pictures take %d bytes together, more than 400 KB", size)
	}
}
