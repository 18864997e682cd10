package proof_test

import (
	"bytes"
	"strings"
	"testing"

	"readout/internal/archive/proof"
)

// FuzzBundle: whatever is taken for a bundle is written down again as it was, and verifies only
// if it is one; a bundle in which any byte is another is none.
func FuzzBundle(f *testing.F) {
	cs, data := captures(5)
	b, err := logOf(f, cs).Prove(cs[2], 2, data[2], newKey(f))
	if err != nil {
		f.Fatal(err)
	}
	whole, err := b.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, uint(0), byte(0))
	f.Add([]byte(`{"schema":"readout.proof/1","sha256":""}`), uint(9), byte(1))
	f.Add([]byte(`,"sha256":"`), uint(7), byte(64))
	f.Fuzz(func(t *testing.T, made []byte, at uint, bits byte) {
		if b, err := proof.Decode(made); err == nil {
			_, _ = b.Verify() // an error is an answer; a panic is none
			_, _ = proof.Stamps(b.Head, nil)
		}
		hurt := bytes.Clone(whole)
		if hurt[at%uint(len(hurt))] ^= bits; bits == 0 {
			return
		}
		if b, err := proof.Decode(hurt); err == nil {
			if _, err := b.Verify(); err == nil {
				t.Errorf("byte %d changed by %#x: still proved", at%uint(len(hurt)), bits)
			}
		}
	})
}

// FuzzHead: a head that is read is written down as its first lines were, stands in what is said
// around it, and is cut out of it once.
func FuzzHead(f *testing.F) {
	cs, _ := captures(3)
	head, err := logOf(f, cs).Head(3)
	if err != nil {
		f.Fatal(err)
	}
	signed, err := newKey(f).Sign(head)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{head.String(), signed, "said before\n" + signed + "said after\n", "readout captures\n-1\nAAAA\n", "", signed + "— rfc3161 AAAA\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cut := proof.CutHead(text)
		if again := proof.CutHead(cut); again != cut {
			t.Errorf("cut out of %q: %q, and out of that %q", text, cut, again)
		}
		_, _ = proof.Stamps(text, nil)
		h, err := proof.ParseHead(cut)
		if err != nil {
			return
		}
		if !strings.HasPrefix(cut+"\n", h.String()) {
			t.Errorf("%q is read as %q", cut, h)
		}
		if back, err := proof.ParseHead(h.String()); err != nil || back != h {
			t.Errorf("%v written down and read: %v, %v", h, back, err)
		}
	})
}

// FuzzStamp: bytes that no authority signed stamp nothing, whatever they are.
func FuzzStamp(f *testing.F) {
	query, err := proof.NewStampQuery("readout captures\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{})
	f.Add(query.DER)
	f.Add([]byte("0\x05\x30\x03\x02\x01\x00"))
	f.Add([]byte("0\x14\x30\x03\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x00"))
	f.Fuzz(func(t *testing.T, reply []byte) {
		if head, err := query.Take(reply); err == nil {
			t.Errorf("%x stamps the head: %q", reply, head)
		}
	})
}
