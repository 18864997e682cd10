package storage

import "iter"

// Sealed is a record that was copied and checked but not decoded yet. Calling it
// decodes it, and may be done when the transaction is over: decoding takes most of
// the time of reading everything, and a writer need not wait for it. The error is
// [ErrDamaged].
type Sealed[T any] func() (T, error)

func (t *tx) SealedCaptures() iter.Seq2[Sealed[Capture], error] {
	return sealed(t, bCapture, func(_, payload []byte) (c Capture, err error) {
		err = decode(bCapture, payload, &c)
		return c, err
	})
}

func (t *tx) SealedReadings() iter.Seq2[Sealed[*Reading], error] {
	return sealed(t, bHead, func(key, payload []byte) (*Reading, error) {
		var k ReadingKey
		copy(k[:], key)
		return openHead(k, payload)
	})
}

// sealed is scan for records that are decoded later.
func sealed[T any](t *tx, bucket string, open func(key, payload []byte) (T, error)) iter.Seq2[Sealed[T], error] {
	return func(yield func(Sealed[T], error) bool) {
		for kv, err := range t.scan(bucket, nil) {
			if !yield(func() (T, error) { return open(kv[0], kv[1]) }, err) {
				return
			}
		}
	}
}

// opened decodes the records as they come.
func opened[T any](seq iter.Seq2[Sealed[T], error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for s, err := range seq {
			var v T
			if err == nil {
				v, err = s()
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}
