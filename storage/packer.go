package storage

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"
)

// packer compresses, expands, and writes and reads records. It is safe for concurrent
// use.
//
// A store trains a dictionary on its own documents once it has enough of them, and
// keeps it: a release alone is too short to be compressed well. Frames name the
// dictionary they were made with.
type packer struct {
	enc cbor.EncMode
	dec cbor.DecMode

	mu    sync.Mutex
	dicts map[uint32][]byte        // by the number that frames name them by
	packs map[uint32]*zstd.Encoder // by dictionary
	open  *zstd.Decoder            // knows all dicts
}

// maxExpanded bounds what one value may expand to: a damaged file must not be able
// to ask for all memory.
const maxExpanded = 1 << 30

func newPacker() (*packer, error) {
	enc, dec, err := cborModes()
	if err != nil {
		return nil, err
	}
	return &packer{enc: enc, dec: dec, dicts: map[uint32][]byte{}, packs: map[uint32]*zstd.Encoder{}}, nil
}

func (p *packer) encode(v any) ([]byte, error) { return p.enc.Marshal(v) }

func (p *packer) decode(table string, b []byte, v any) error {
	if err := p.dec.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: %s record: %v", ErrDamaged, table, err)
	}
	return nil
}

// encoder returns the encoder that uses a dictionary, 0 for none.
func (p *packer) encoder(dict uint32) (*zstd.Encoder, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e := p.packs[dict]; e != nil {
		return e, nil
	}
	options := []zstd.EOption{
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1 << 20),
		zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderCRC(false),
	}
	if dict != 0 {
		// The tables of a dictionary are laid out anew for every record, and those of a higher level
		// are four times as large: that took longer than to compress what is short.
		options = append(options, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderDict(p.dicts[dict]))
	}
	e, err := zstd.NewWriter(nil, options...)
	if err != nil {
		return nil, err
	}
	p.packs[dict] = e
	return e, nil
}

// decoder returns a decoder that knows all dictionaries met so far.
func (p *packer) decoder() (*zstd.Decoder, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open != nil {
		return p.open, nil
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxExpanded), zstd.WithDecoderDicts(slices.Collect(maps.Values(p.dicts))...))
	if err != nil {
		return nil, err
	}
	p.open = d
	return d, nil
}

// known reports whether the packer has met a dictionary.
func (p *packer) known(dict uint32) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return dict == 0 || p.dicts[dict] != nil
}

// learn adds a dictionary.
func (p *packer) learn(dict uint32, content []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dicts[dict] = content
	p.open = nil
}

func (p *packer) pack(dict uint32, data []byte) ([]byte, error) {
	e, err := p.encoder(dict)
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(data, nil), nil
}

func (p *packer) unpack(data []byte) ([]byte, error) {
	d, err := p.decoder()
	if err != nil {
		return nil, err
	}
	out, err := d.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return out, nil
}
