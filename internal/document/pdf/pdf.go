// Package pdf reads the text layer of PDF files: the printed lines of every page,
// each with its place, its size and what of it is bold or raised. It runs PDFium in
// a WebAssembly sandbox that sees no file, network or environment, and bounds its
// memory and time.
//
// A [Reader] starts PDFium when it is first asked to read and keeps it until it is
// closed. The package does not know what is a heading, a page number or a
// paragraph; it gives lines.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Bounds on one file. No release comes near them.
const (
	MaxPages = 2000
	MaxChars = 8 << 20
)

var (
	// ErrEncrypted is returned for a file that opens with a password only.
	ErrEncrypted = errors.New("it is encrypted; save a copy without a password")
	// ErrDamaged is returned for bytes that PDFium cannot open.
	ErrDamaged = errors.New("it is damaged or cut off; fetch it again")
	// ErrScanned is returned for a file whose pages are pictures.
	ErrScanned = errors.New("its pages are pictures without a text layer; run text recognition (OCR) on it first")
	// ErrTooLarge is returned for a file beyond [MaxPages] or [MaxChars].
	ErrTooLarge = fmt.Errorf("it has more than %d pages or %d million characters; split it", MaxPages, MaxChars>>20)
	// ErrTimeout is returned for a file that takes longer than Options.Timeout.
	ErrTimeout = errors.New("reading it takes too long; it may be made to do so")
)

// Options adjust a [Reader]; the zero value works.
type Options struct {
	// Cache is a folder that keeps PDFium compiled for this machine, made when it
	// is missing: with it a later process starts in a fifth of a second, without
	// it in several. "" keeps nothing.
	Cache string
	// Timeout bounds the reading of one file; 0 is 30 s.
	Timeout time.Duration
}

// Reader reads PDF files. It may be used by several goroutines at once.
type Reader struct {
	opts Options

	mu     sync.Mutex
	pool   pdfium.Pool
	cache  wazero.CompilationCache
	err    error // why PDFium cannot be started
	closed bool
}

// workers is how many files are read at once; each may take maxMemory.
const (
	workers   = 2
	maxMemory = 128 << 20 // bytes; the largest file that document takes fits in well
	wasmPage  = 64 << 10  // bytes
)

// NewReader returns a reader. Nothing is started until the first [Reader.Read].
func NewReader(o Options) *Reader {
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	return &Reader{opts: o}
}

// Close stops PDFium, if it runs. The reader is of no use afterwards.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	var err error
	if r.pool != nil {
		err = r.pool.Close()
		r.pool = nil
	}
	if r.cache != nil {
		err = errors.Join(err, r.cache.Close(context.Background()))
		r.cache = nil
	}
	return err
}

// start returns the running pool, and starts it when this is the first call.
func (r *Reader) start() (pdfium.Pool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closed:
		return nil, errors.New("the reader is closed")
	case r.pool != nil || r.err != nil:
		return r.pool, r.err
	}
	config := wazero.NewRuntimeConfig().
		// PDFium's setjmp and longjmp are exceptions of WebAssembly.
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(true).
		WithMemoryLimitPages(maxMemory / wasmPage)
	if r.opts.Cache != "" {
		// A folder that cannot be used costs time, not the answer.
		if cache, err := wazero.NewCompilationCacheWithDir(r.opts.Cache); err == nil {
			r.cache = cache
			config = config.WithCompilationCache(cache)
		}
	}
	wasm, err := module()
	if err != nil {
		r.err = fmt.Errorf("start PDFium: %w", err)
		return nil, r.err
	}
	r.pool, r.err = webassembly.InitWithWASM(webassembly.Config{
		WASM:          wasm,
		MaxTotal:      workers,
		FSConfig:      wazero.NewFSConfig(), // nil would mount the root of the host
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if r.err != nil {
		r.err = fmt.Errorf("start PDFium: %w", r.err)
	}
	return r.pool, r.err
}

// Read returns the text of a file, page by page. The errors of this package say
// what is the matter with the file; any other is of the sandbox. Pages that cannot
// be read are left empty where others can.
func (r *Reader) Read(ctx context.Context, data []byte) (*Text, error) {
	pool, err := r.start()
	if err != nil {
		return nil, err
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, r.opts.Timeout)
	defer cancel()
	// Killing is what ends a call that is under way.
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(killed)
		_ = instance.Kill()
	})
	text, err := read(ctx, instance, data)
	if stop() {
		// The file is read or refused; what closing a broken sandbox says is of no
		// interest to anybody.
		_ = instance.Close()
	} else {
		<-killed // the pool must not be closed meanwhile
	}
	switch {
	case ctx.Err() != nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return nil, ErrTimeout
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return text, err
}

// read opens the file and reads its pages.
func read(ctx context.Context, p pdfium.Pdfium, data []byte) (*Text, error) {
	doc, err := p.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, ErrEncrypted
	case err != nil:
		return nil, ErrDamaged
	}
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	switch {
	case err != nil || count.PageCount == 0:
		return nil, ErrDamaged
	case count.PageCount > MaxPages:
		return nil, ErrTooLarge
	}
	text := &Text{}
	if m, err := p.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc.Document, Tag: "Title"}); err == nil {
		text.Title = m.Value
	}
	chars, failed := 0, 0
	for i := range count.PageCount {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		page := Page{}
		n, err := readPage(p, doc.Document, i, &page, MaxChars-chars)
		switch {
		case errors.Is(err, ErrTooLarge):
			return nil, err
		case err != nil:
			failed++
		}
		chars += n
		text.Pages = append(text.Pages, page)
	}
	switch {
	case failed == count.PageCount:
		return nil, ErrDamaged
	case chars == 0:
		return nil, ErrScanned
	}
	return text, nil
}
