package proof

import (
	"bytes"
	"crypto"
	"crypto/rand"
	_ "crypto/sha1" // of the ESSCertID of older authorities
	"crypto/sha256"
	_ "crypto/sha512" // of newer ones
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/smallstep/pkcs7"
)

// A time stamp (RFC 3161) is what an authority signs: that it saw a hash at a moment of its
// clock. One over a head shows that all records which the head commits to were there then,
// whatever the clock of the store says. It stands among the signatures of the head, as a
// line of a signed note that other programs pass over.

// Stamp is what a time stamp says.
type Stamp struct {
	At        time.Time
	Accuracy  time.Duration // how far At may be off, 0 where the authority does not say
	Authority string        // the name in the certificate that signed it
	// Trusted reports that the certificate leads to one of those that the caller trusts.
	Trusted bool
}

// Media types of the exchange with an authority.
const (
	QueryType = "application/timestamp-query"
	ReplyType = "application/timestamp-reply"
)

var (
	oidSHA256      = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidStampInfo   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidSignedBy    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12} // by the SHA-1 of the certificate
	oidSignedByV2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // by another hash of it
	hashesOfSigner = map[string]crypto.Hash{"": crypto.SHA256, oidSHA256.String(): crypto.SHA256,
		"2.16.840.1.101.3.4.2.2": crypto.SHA384, "2.16.840.1.101.3.4.2.3": crypto.SHA512}
)

type imprint struct {
	Algorithm pkix.AlgorithmIdentifier
	Hash      []byte
}

type stampQuery struct {
	Version int
	Imprint imprint
	Nonce   *big.Int
	CertReq bool
}

type stampReply struct {
	Status struct {
		Status int
		Words  []string       `asn1:"optional"`
		Fail   asn1.BitString `asn1:"optional"`
	}
	Token asn1.RawValue `asn1:"optional"`
}

type stampInfo struct {
	Version  int
	Policy   asn1.ObjectIdentifier
	Imprint  imprint
	Serial   *big.Int
	At       time.Time     `asn1:"generalized"`
	Accuracy stampAccuracy `asn1:"optional"`
	Ordering bool          `asn1:"optional"`
	Nonce    *big.Int      `asn1:"optional"`
	TSA      asn1.RawValue `asn1:"optional,tag:0"`
	More     asn1.RawValue `asn1:"optional,tag:1"`
}

type stampAccuracy struct {
	Seconds int `asn1:"optional"`
	Millis  int `asn1:"optional,tag:0"`
	Micros  int `asn1:"optional,tag:1"`
}

// StampQuery asks an authority for a time stamp over a head.
type StampQuery struct {
	Head  string // with or without signatures
	DER   []byte // what to send
	nonce *big.Int
}

// NewStampQuery returns a query with a number of its own, so that an old answer is none.
func NewStampQuery(head string) (*StampQuery, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63))
	if err != nil {
		return nil, err
	}
	q := stampQuery{Version: 1, Imprint: imprintOf(head), Nonce: nonce, CertReq: true}
	der, err := asn1.Marshal(q)
	return &StampQuery{head, der, nonce}, err
}

// imprintOf is the hash of the text of a head, without signatures: what they sign as well.
func imprintOf(head string) imprint {
	text, _, _ := strings.Cut(head, "\n\n")
	sum := sha256.Sum256([]byte(strings.TrimSuffix(text, "\n") + "\n"))
	return imprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256, Parameters: asn1.NullRawValue}, sum[:]}
}

// Take checks what the authority answered and returns the head with the stamp.
func (q *StampQuery) Take(reply []byte) (string, error) {
	var r stampReply
	if rest, err := asn1.Unmarshal(reply, &r); err != nil || len(rest) > 0 {
		return "", errors.New("the authority answered with what is no time stamp")
	}
	if r.Status.Status > 1 || len(r.Token.FullBytes) == 0 { // 0 and 1 are granted
		why := append([]string{fmt.Sprintf("status %d", r.Status.Status)}, r.Status.Words...)
		return "", fmt.Errorf("the authority refused: %s", strings.Join(why, ", "))
	}
	info, _, err := openStamp(r.Token.FullBytes, q.Head, nil)
	if err != nil {
		return "", err
	}
	if info.Nonce == nil || info.Nonce.Cmp(q.nonce) != 0 {
		return "", errors.New("the authority answered another question")
	}
	head := strings.TrimSuffix(q.Head, "\n") + "\n"
	if !strings.Contains(head, "\n\n") {
		head += "\n"
	}
	return head + stampLine + base64.StdEncoding.EncodeToString(append(stampID(), r.Token.FullBytes...)) + "\n", nil
}

// stampName is the name of the line, as if it were that of a key.
const (
	stampName = "rfc3161"
	stampLine = "— " + stampName + " "
)

// stampID is what the signature of a note begins with: a hash of the name of the key, and of
// what kind it is.
func stampID() []byte {
	sum := sha256.Sum256([]byte(stampName + "\n\xffRFC 3161 over the text"))
	return sum[:4]
}

// Stamps returns what the time stamps of a head say, in their order. Roots are the
// certificates of authorities that the caller trusts, nil for none. A stamp that is not of
// the head, or not whole, is an error.
func Stamps(head string, roots *x509.CertPool) ([]Stamp, error) {
	_, signatures, _ := strings.Cut(head, "\n\n")
	var out []Stamp
	for line := range strings.Lines(signatures) {
		text, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), stampLine)
		if !ok {
			continue
		}
		token, err := base64.StdEncoding.DecodeString(text)
		if err != nil || !bytes.HasPrefix(token, stampID()) {
			return nil, errors.New("a time stamp of the head is not written as one")
		}
		info, signer, err := openStamp(token[len(stampID()):], head, nil)
		if err != nil {
			return nil, err
		}
		s := Stamp{At: info.At.UTC(), Authority: nameOf(signer), Accuracy: info.Accuracy.duration()}
		if roots != nil {
			_, _, err := openStamp(token[len(stampID()):], head, roots)
			s.Trusted = err == nil
		}
		out = append(out, s)
	}
	return out, nil
}

func (a stampAccuracy) duration() time.Duration {
	return time.Duration(a.Seconds)*time.Second + time.Duration(a.Millis)*time.Millisecond +
		time.Duration(a.Micros)*time.Microsecond
}

func nameOf(c *x509.Certificate) string {
	if c.Subject.CommonName != "" {
		return c.Subject.CommonName
	}
	return c.Subject.String()
}

// openStamp checks a token: that it is signed by the certificate in it, which may sign time
// stamps and, where roots is not nil, leads to one of them; and that it is over the head.
func openStamp(token []byte, head string, roots *x509.CertPool) (*stampInfo, *x509.Certificate, error) {
	signed, err := pkcs7.Parse(token)
	if err != nil {
		return nil, nil, fmt.Errorf("the time stamp cannot be read: %v", err)
	}
	info := &stampInfo{}
	if rest, err := asn1.Unmarshal(signed.Content, info); err != nil || len(rest) > 0 {
		return nil, nil, errors.New("the time stamp cannot be read: it says nothing about a moment")
	}
	signer := signed.GetOnlySigner()
	if signer == nil {
		return nil, nil, errors.New("the time stamp has no certificate of one signer")
	}
	if !info.Imprint.Algorithm.Algorithm.Equal(oidSHA256) || !bytes.Equal(info.Imprint.Hash, imprintOf(head).Hash) {
		return nil, nil, errors.New("the time stamp is over something else than the head")
	}
	if err := signed.VerifyWithChainAtTime(roots, info.At); err != nil {
		return nil, nil, fmt.Errorf("the time stamp is not signed: %v", err)
	}
	return info, signer, mayStamp(signed, signer, info.At)
}

// mayStamp checks what RFC 3161 asks of a signature beside that it is one: that it is over a
// time stamp, names its certificate, which is for time stamps alone, and was valid.
func mayStamp(signed *pkcs7.PKCS7, signer *x509.Certificate, at time.Time) error {
	var kind asn1.ObjectIdentifier
	err := signed.UnmarshalSignedAttribute(pkcs7.OIDAttributeContentType, &kind)
	if err != nil || !kind.Equal(oidStampInfo) {
		return errors.New("the time stamp is not signed as one")
	}
	if !slices.Contains(signer.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
		return errors.New("the certificate of the time stamp is not for time stamps")
	}
	if at.Before(signer.NotBefore) || at.After(signer.NotAfter) {
		return errors.New("the certificate of the time stamp was not valid then")
	}
	if !namesSigner(signed, signer) {
		return errors.New("the time stamp names another certificate than signed it")
	}
	return nil
}

// namesSigner reports whether the signed attributes name the certificate, by a hash of it.
func namesSigner(signed *pkcs7.PKCS7, signer *x509.Certificate) bool {
	var old struct {
		Certs []struct {
			Hash   []byte
			Issuer asn1.RawValue `asn1:"optional"`
		}
		Policies asn1.RawValue `asn1:"optional"`
	}
	if err := signed.UnmarshalSignedAttribute(oidSignedBy, &old); err == nil && len(old.Certs) > 0 {
		return bytes.Equal(old.Certs[0].Hash, sumOf(crypto.SHA1, signer.Raw))
	}
	var now struct {
		Certs []struct {
			Algorithm pkix.AlgorithmIdentifier `asn1:"optional"`
			Hash      []byte
			Issuer    asn1.RawValue `asn1:"optional"`
		}
		Policies asn1.RawValue `asn1:"optional"`
	}
	if err := signed.UnmarshalSignedAttribute(oidSignedByV2, &now); err != nil || len(now.Certs) == 0 {
		return false
	}
	hash, ok := hashesOfSigner[now.Certs[0].Algorithm.Algorithm.String()]
	return ok && bytes.Equal(now.Certs[0].Hash, sumOf(hash, signer.Raw))
}

func sumOf(hash crypto.Hash, data []byte) []byte {
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}
