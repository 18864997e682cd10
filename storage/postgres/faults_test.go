package postgres_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// endOne ends a connection of the program.
const endOne = `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
	where application_name = 'readout' order by random() limit 1) one`

// Somebody ends connections of writers again and again: each write is there once.
func TestConnectionsAreEnded(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.URL()
	const writers, each, ends = 4, 8, 20
	var said atomic.Int64
	var all sync.WaitGroup
	for n := range writers {
		db := openAt(t, url, postgres.Options{LockTimeout: time.Minute, Say: func(string) { said.Add(1) }})
		all.Go(func() {
			for i := range each {
				if err := putSome(db, n*each+i, 1); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	for n, over := 0, false; !over; n++ {
		if n < ends {
			server.SQL(t, endOne)
		}
		select {
		case <-done:
			over = true
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Logf("%d times a writer noticed", said.Load())
	db := openAt(t, url, postgres.Options{})
	storagetest.View(t, db, func(r storage.Reader) error {
		if r.Seq() != writers*each {
			t.Errorf("the log has %d lines after %d captures", r.Seq(), writers*each)
		}
		return nil
	})
	storagetest.Check(t, db)
}

// Settings that a server has for others change nothing: how transactions are isolated,
// and how long a client may think.
func TestSettingsForOthers(t *testing.T) {
	server := clustertest.Start(t, append(fast, "default_transaction_isolation=serializable", "idle_in_transaction_session_timeout=100ms")...)
	url := server.URL()
	var all sync.WaitGroup
	for n := range 3 {
		db := openAt(t, url, postgres.Options{LockTimeout: time.Minute, Say: func(s string) { t.Errorf("said: %s", s) }})
		all.Go(func() {
			if err := putSome(db, n, 1); err != nil {
				t.Error(err)
			}
			if n > 0 {
				return
			}
			err := db.Update(context.Background(), func(w storage.Writer) error {
				time.Sleep(300 * time.Millisecond)
				return w.SetMark("slow", 1)
			})
			if err != nil {
				t.Errorf("who thinks for long: %v", err)
			}
		})
	}
	all.Wait()
}

// Of two that wait for each other the server ends one; where that is ours it is run again.
func TestDeadlock(t *testing.T) {
	server := clustertest.Start(t, append(fast, "deadlock_timeout=50ms")...)
	url := server.URL()
	said := 0
	db := openAt(t, url, postgres.Options{Say: func(string) { said++ }})
	put(t, db, 0)
	over := make(chan struct{})
	runs := 0
	err := db.Update(t.Context(), func(w storage.Writer) error {
		if runs++; runs == 1 {
			go func() { // takes the table that the commit needs, and wants the row that it has not written yet
				defer close(over)
				server.SQL(t, fmt.Sprintf("set deadlock_timeout = '1h'; begin; lock table %[1]s.mark in exclusive mode; "+
					"select pg_advisory_xact_lock(classid::int, objid::int) from pg_locks where locktype = 'advisory'; commit", schemaOf(url)))
			}()
			server.WaitForSQL(t, "select count(*) from pg_locks where locktype = 'advisory' and not granted", "1")
		}
		return w.SetMark("m", 1)
	})
	<-over
	if err != nil || runs != 2 || said != 1 {
		t.Errorf("a deadlock: %v, run %d times, said %d times", err, runs, said)
	}
}

// A server that has no connection left is waited for like a lock.
func TestTooManyClients(t *testing.T) {
	server := clustertest.Start(t, append(fast, "max_connections=6", "superuser_reserved_connections=3")...)
	url := server.URL()
	owner := openAt(t, url, postgres.Options{})
	put(t, owner, 0)
	owner.Close() // whose rights would find room
	server.SQL(t, fmt.Sprintf("create role web login; grant usage on schema %[1]s to web; "+
		"grant select on all tables in schema %[1]s to web", schemaOf(url)))
	url = strings.Replace(url, "readout@", "web@", 1)
	view := func(wait time.Duration, fn func(storage.Reader) error) error {
		db, err := postgres.Open(url, postgres.Options{LockTimeout: wait})
		if err != nil {
			return err
		}
		defer db.Close()
		return db.View(t.Context(), fn)
	}
	nothing := func(storage.Reader) error { return nil }
	err := view(time.Minute, func(storage.Reader) error {
		return view(time.Minute, func(storage.Reader) error {
			return view(time.Minute, func(storage.Reader) error {
				if err := view(100*time.Millisecond, nothing); !errors.Is(err, storage.ErrLocked) {
					t.Errorf("no connection is left: %v, want ErrLocked", err)
				}
				return nil
			})
		})
	})
	if err == nil {
		err = view(time.Minute, nothing)
	}
	if err != nil {
		t.Error(err)
	}
}

// Who may not log in, or may not read, is told at once what is missing, and no password is
// in what is said.
func TestWhoMayNot(t *testing.T) {
	server := clustertest.Start(t, fast...)
	url := server.URL()
	put(t, openAt(t, url, postgres.Options{}), 0)
	server.SQL(t, "create role stranger login; create role desk login password 'geheim'")
	server.Admit(t, "host all desk samenet scram-sha-256")
	as := func(who string) error {
		db := openAt(t, strings.Replace(url, "readout@", who+"@", 1), postgres.Options{LockTimeout: time.Minute})
		began := time.Now()
		err := db.View(t.Context(), func(storage.Reader) error { return nil })
		if time.Since(began) > 30*time.Second {
			t.Errorf("%s was told after %v", who, time.Since(began))
		}
		return err
	}
	for who, want := range map[string]string{
		"stranger":    "the role may not read the store",
		"nobody":      `role "nobody" does not exist`,
		"desk:falsch": "$PGPASSWORD",
		"desk:geheim": "the role may not read the store",
	} {
		err := as(who)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", who, err, want)
		}
		if _, password, _ := strings.Cut(who, ":"); password != "" && strings.Contains(fmt.Sprint(err), password) {
			t.Errorf("the password is in %v", err)
		}
	}
}

// A certificate that is not to be trusted is an error at once, and one that is serves.
func TestCertificates(t *testing.T) {
	mine, other := certificate(t), certificate(t)
	server := clustertest.Start(t, append(fast, "ssl=on", "ssl_cert_file="+mine.cert, "ssl_key_file="+mine.key)...)
	ask := func(query string) error {
		db := openAt(t, server.URL()+query, postgres.Options{LockTimeout: time.Minute})
		return db.Update(t.Context(), func(w storage.Writer) error { return w.SetMark("m", 1) })
	}
	if err := ask("&sslmode=verify-full&sslrootcert=" + mine.cert); err != nil {
		t.Errorf("a certificate that is trusted: %v", err)
	}
	began := time.Now()
	err := ask("&sslmode=verify-full&sslrootcert=" + other.cert)
	if err == nil || !strings.Contains(err.Error(), "the server's certificate") || time.Since(began) > 30*time.Second {
		t.Errorf("a certificate of somebody else: %v after %v", err, time.Since(began))
	}
}

// A server without TLS, where the address asks for it, is an error at once.
func TestServerWithoutTLS(t *testing.T) {
	server := clustertest.Start(t, fast...)
	db := openAt(t, server.URL()+"&sslmode=require", postgres.Options{LockTimeout: time.Minute})
	began := time.Now()
	err := db.View(t.Context(), func(storage.Reader) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "refused TLS") || time.Since(began) > 30*time.Second {
		t.Errorf("a server without TLS: %v after %v", err, time.Since(began))
	}
}

// pair are the files of a certificate and its key.
type pair struct{ cert, key string }

// certificate makes one for 127.0.0.1 that the account of a server can read.
func certificate(t *testing.T) pair {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "db.example"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, form, form, secret.Public(), secret)
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalECPrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name, kind string, data []byte) string {
		return clustertest.Give(t, name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}))
	}
	return pair{file("cert.pem", "CERTIFICATE", cert), file("key.pem", "EC PRIVATE KEY", key)}
}
