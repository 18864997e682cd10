// Package container opens files that hold several documents: archives (ZIP, tar,
// compressed files), feeds whose items carry their text, answers of interfaces and other
// data, and WARC files, in which every page comes with its address and the moment it
// was captured. [Open] yields
// the documents; containers inside containers are opened too.
//
// [CDX] reads a list of captures, which holds no documents itself.
// Everything is bounded by [Limits], after decompression.
package container

import (
	"errors"
	"fmt"
	"iter"
	"path"
	"strings"
	"time"
)

// Item is one document of a container.
type Item struct {
	// Name says where it was found: the name of the container, a slash, and its
	// path there, or its address.
	Name string
	Data []byte
	// MediaType is what the container says of Data, "" where it says nothing.
	MediaType string
	// URL is where the document was published, "" where it is not known.
	URL string
	// CapturedAt is when the bytes were seen (UTC), zero where it is not known.
	CapturedAt time.Time
	// Title and Published are what the container says beside the document; the day
	// is as printed.
	Title, Published string
}

// Options adjust [Open]; the zero Options work.
type Options struct {
	Limits  Limits
	Mapping *Mapping // of JSON, CSV and XML; nil leaves it to what they look like
}

// Limits bound what is taken out of one container and those inside it. A zero
// field is its default.
type Limits struct {
	Entries int   // documents and other members; 100,000
	Entry   int64 // bytes of one member, 20 MiB
	Total   int64 // bytes of all members, 2 GiB
	Ratio   int64 // of the bytes unpacked to those packed, beyond the first 64 MiB; 200
	Depth   int   // of containers in containers, 4
}

func (l Limits) withDefaults() Limits {
	set := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	if l.Entries <= 0 {
		l.Entries = 100_000
	}
	if l.Depth <= 0 {
		l.Depth = 4
	}
	set(&l.Entry, 20<<20)
	set(&l.Total, 2<<30)
	set(&l.Ratio, 200)
	return l
}

// freely is how much may be unpacked whatever the ratio: small files of much
// white space compress well.
const freely = 64 << 20

var (
	// ErrLimit is returned where a container goes beyond its [Limits]; nothing
	// more is taken out of it.
	ErrLimit = errors.New("it unpacks to more than is allowed; unpack it yourself and give its files")
	// ErrDamaged is returned where a container, or the rest of it, cannot be read.
	ErrDamaged = errors.New("it is damaged or cut off")
	// ErrEncrypted is returned for a member that needs a password.
	ErrEncrypted = errors.New("it is encrypted; unpack it yourself")
	// ErrListing is returned for a list of addresses.
	ErrListing = errors.New("it lists addresses only; fetch the pages, or add it as a source")
	// ErrSummary is returned for an item of a feed that does not carry its text.
	ErrSummary = errors.New("the feed gives a summary only; fetch the page, or add the feed as a source")
	// ErrEmpty is returned for a container that holds no document at all.
	ErrEmpty = errors.New("it holds no document")
)

// Kind is a kind of container.
type Kind string

// The kinds of container. None is everything else.
const (
	None    Kind = ""
	ZIP     Kind = "ZIP"
	Tar     Kind = "tar"
	Gzip    Kind = "gzip"
	Bzip2   Kind = "bzip2"
	Zstd    Kind = "zstd"
	WARC    Kind = "WARC"
	Feed    Kind = "feed"
	CDXList Kind = "CDX"
	Sitemap Kind = "sitemap"
	// Data is read by a [Mapping].
	JSON Kind = "JSON"
	CSV  Kind = "CSV"
	XML  Kind = "XML"
)

// Open yields the documents of a container one by one, in its order. For bytes
// that are no container it yields nothing. What cannot be read is yielded as an
// error beside an Item that has its name only; the others follow. Members that are
// no documents (pictures, styles, scripts) are passed over.
//
// Data is read by the mapping, where one is given, else as the answer of an interface
// that many sites have (WordPress).
func Open(name string, data []byte, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		kind := Detect(name, data)
		if kind == None {
			return
		}
		w := &walk{limits: o.Limits.withDefaults(), mapping: o.Mapping, packed: int64(len(data)), yield: yield}
		w.open(Item{Name: name, Data: data}, kind, 0)
		if w.found == 0 && !w.stopped {
			w.fail(name, ErrEmpty)
		}
	}
}

// walk is one call of Open.
type walk struct {
	limits  Limits
	mapping *Mapping
	packed  int64 // size of the outermost container
	entries int
	total   int64 // bytes unpacked
	found   int   // documents and errors yielded
	stopped bool
	yield   func(Item, error) bool
}

// open walks one container at a depth from 0.
func (w *walk) open(it Item, kind Kind, depth int) {
	if depth >= w.limits.Depth {
		w.fail(it.Name, fmt.Errorf("%w (containers in containers)", ErrLimit))
		return
	}
	switch kind {
	case ZIP:
		w.zip(it, depth)
	case Tar:
		w.tar(it, depth)
	case Gzip, Bzip2, Zstd:
		w.compressed(it, kind, depth)
	case WARC:
		w.warc(it, depth)
	case Feed:
		w.feed(it)
	case CDXList, Sitemap:
		w.fail(it.Name, ErrListing)
	case JSON, CSV, XML:
		w.data(it, kind)
	}
}

// member takes in one member of a container: a document, or a container itself.
func (w *walk) member(it Item, depth int) {
	if w.stopped || !relevant(it) {
		return
	}
	if kind := Detect(it.Name, it.Data); kind != None {
		w.open(it, kind, depth+1)
		return
	}
	w.found++
	w.stopped = !w.yield(it, nil)
}

// fail yields an error about what has the given name.
func (w *walk) fail(name string, err error) {
	if !w.stopped {
		w.found++
		w.stopped = !w.yield(Item{Name: name}, err)
	}
}

// count counts one member, and reports whether it is one too many.
func (w *walk) count(container string) bool {
	w.entries++
	if w.entries > w.limits.Entries {
		w.stop(container, fmt.Errorf("%w (%d members)", ErrLimit, w.limits.Entries))
		return false
	}
	return true
}

// stop yields a last error.
func (w *walk) stop(name string, err error) {
	w.fail(name, err)
	w.stopped = true
}

// relevant reports whether a member may be a document: it is not empty, not hidden,
// and no picture, sound, style or script by its media type or name.
func relevant(it Item) bool {
	if len(it.Data) == 0 {
		return false
	}
	media, _, _ := strings.Cut(strings.ToLower(it.MediaType), "/")
	switch media {
	case "image", "audio", "video", "font":
		return false
	}
	for _, word := range []string{"javascript", "text/css", "x-font"} {
		if strings.Contains(it.MediaType, word) {
			return false
		}
	}
	name := it.Name
	if it.URL != "" { // the name may be an address with a query
		name, _, _ = strings.Cut(name, "?")
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".css", ".js", ".mjs", ".map",
		".json", ".woff", ".woff2",
		".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".wav", ".exe", ".dll", ".ds_store":
		// A feed may be called so.
		kind := Detect(it.Name, it.Data)
		return kind == Feed || kind == JSON && wordpress.Match(it.Data[:min(len(it.Data), 64<<10)])
	}
	return true
}

// hidden reports whether a path inside an archive is none that its maker meant:
// what begins with a dot, and the forks that macOS adds.
func hidden(name string) bool {
	for step := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(step, ".") && step != "." && step != ".." || step == "__MACOSX" {
			return true
		}
	}
	return false
}
