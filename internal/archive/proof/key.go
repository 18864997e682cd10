package proof

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// keyName is the name under which heads are signed. A signed head says it, with a hash of
// the key.
const keyName = "readout-captures"

// Key signs heads. Who has it can sign in the name of the store, so it lives in a file of
// its own, which only its owner can read and which no backup or export holds.
type Key struct {
	signer note.Signer
	public string
}

// MakeKey makes a key in a new file, and does nothing where the file is there.
func MakeKey(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	private, public, err := note.GenerateKey(rand.Reader, keyName)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".tmp-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(private + "\n" + public + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	// A link does not take the place of a key that another process made meanwhile.
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// LoadKey reads what MakeKey wrote. The error is [fs.ErrNotExist] where there is no key.
func LoadKey(path string) (*Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("key %s can be read by others, so that anybody may have signed: chmod 600 %s", path, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	private, public, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, fmt.Errorf("key %s: %v", path, err)
	}
	if v, err := note.NewVerifier(public); err != nil || v.KeyHash() != signer.KeyHash() {
		return nil, fmt.Errorf("key %s: its public half belongs to another key", path)
	}
	return &Key{signer, public}, nil
}

// Public is the half of the key that checks signatures, in the form of a verifier key of
// signed notes.
func (k *Key) Public() string { return k.public }

// Sign returns the head as a signed note (https://c2sp.org/signed-note).
func (k *Key) Sign(h Head) (string, error) {
	signed, err := note.Sign(&note.Note{Text: h.String()}, k.signer)
	return string(signed), err
}

// Signed reports whether a head is signed by a key of which public is the public half:
// nil, [ErrUnsigned] where it has no such signature, or what is wrong with that.
func Signed(head, public string) error {
	v, err := note.NewVerifier(public)
	if err != nil {
		return fmt.Errorf("the public key: %v", err)
	}
	if !strings.Contains(head, "\n\n") {
		return ErrUnsigned
	}
	_, err = note.Open([]byte(head), note.VerifierList(v))
	var unknown *note.UnverifiedNoteError
	if errors.As(err, &unknown) {
		return fmt.Errorf("%w by that key", ErrUnsigned)
	}
	return err
}

// ErrUnsigned is returned for a head that is not signed.
var ErrUnsigned = errors.New("the head is not signed")
