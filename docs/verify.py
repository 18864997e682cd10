#!/usr/bin/env python3
"""Checks a bundle of `readout prove` without readout: python3 verify.py BUNDLE.json

It shows that no byte of the bundle was changed, that the captured bytes have the hash of their
record, that the head of the log commits to the record (RFC 6962, section 2.1), and that the key
in the bundle signed the head (RFC 8032). It does not show whose key that is, who published the
bytes, that they were seen when the record says, nor that the quotation is a whole statement of
them (`readout verify` reads it out of the bytes again). Compare the key with its owner's.
"""
import base64, hashlib, json, sys
FIELDS, QUOTE = "schema release version record raw index proof head key statement withdrawn sha256".split(), "id text start end".split()
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def need(held, why):
    if not held: raise ValueError(why)
def once(pairs): return need(len(dict(pairs)) == len(pairs), "a field stands twice") or dict(pairs)
def sha256(data): return hashlib.sha256(data).digest()
def base64d(text): return base64.b64decode(text, validate=True)
def point(b):
    """A point of the curve of Ed25519, from its 32 bytes."""
    n = int.from_bytes(b, "little")
    y, odd = n % 2**255, n >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * pow(2, (P - 1) // 4, P) % P
    need((x * x - square) % P == 0 and y < P, "no point of the curve")
    return (P - x if x % 2 != odd else x), y
def add(a, b):
    k = D * a[0] * b[0] * a[1] * b[1]
    return ((a[0] * b[1] + b[0] * a[1]) * pow(1 + k, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, -1, P) % P)
def times(n, a): return add(times(n // 2, add(a, a)), a if n % 2 else (0, 1)) if n else (0, 1)
def check_signature(head, key):
    name, digest, public = key.split("+", 2)
    public = base64d(public)  # a byte 1 for Ed25519, then the key
    text, lines = head.split("\n\n", 1)
    signatures = [l.split(" ")[2] for l in lines.split("\n") if l.startswith("\u2014 %s " % name)]
    need(signatures, "nobody of that name signed the head")
    signature = base64d(signatures[0])
    need(sha256((name + "\n").encode() + public)[:4].hex() == digest == signature[:4].hex(), "the key has another hash")
    r, s = signature[4:36], int.from_bytes(signature[36:], "little")
    k = int.from_bytes(hashlib.sha512(r + public[1:] + (text + "\n").encode()).digest(), "little") % Q
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    need(s < Q and times(s, base) == add(point(r), times(k, point(public[1:]))), "the head is not signed by the key")
def root_of(index, size, digest, path):
    """The root that a leaf at an index of a tree of that size leads to (RFC 9162, 2.1.3.2)."""
    at, last = index, size - 1
    for sibling in path:
        need(last != 0, "the proof is too long")
        if at % 2 == 1 or at == last:
            digest = sha256(b"\x01" + sibling + digest)
            while at % 2 == 0 and at != 0: at, last = at // 2, last // 2
        else: digest = sha256(b"\x01" + digest + sibling)
        at, last = at // 2, last // 2
    need(last == 0, "the proof is too short")
    return digest
def verify(data):
    body = data.rpartition(b',"sha256":"')[0]
    need(data.rstrip(b"\n") == body + b',"sha256":"' + sha256(body).hex().encode() + b'"}', "a byte was changed")
    bundle = json.loads(data, object_pairs_hook=once)
    need(list(bundle) == [f for f in FIELDS if f in bundle], "it has further fields, or another order of them")
    (origin, size, root), (form, row) = bundle["head"].split("\n")[:3], bundle["record"].split("\n")[:2]
    need((bundle["schema"], origin, form) == ("readout.proof/1", "readout captures", "readout capture 1"), "unknown form")
    record, raw, quote = json.loads(row, object_pairs_hook=once), base64d(bundle["raw"] or ""), bundle.get("statement")
    need(not bundle.get("withdrawn") or not raw and not quote, "it says that the bytes were withdrawn, and what they are")
    need(sha256(raw).hex() == record["sha256"] or bundle.get("withdrawn"), "the bytes have another hash")
    need([*(quote or QUOTE)] == QUOTE, "the quotation has further fields")
    need(not quote or len(quote["text"].encode()) == quote["end"] - quote["start"], "the quotation is not as long as its place")
    need(0 <= bundle["index"] < int(size), "the record stands outside the log")
    leaf, path = sha256(b"\x00" + bundle["record"].encode()), [base64d(h) for h in bundle["proof"]]
    need(root_of(bundle["index"], int(size), leaf, path) == base64d(root), "the head does not commit to the record")
    if bundle["key"]: check_signature(bundle["head"], bundle["key"])
    return bundle, record, raw
try:
    bundle, record, raw = verify(open(sys.argv[1], "rb").read())
except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
    sys.exit("proves nothing: %s" % e)
print("proved: a store held %s bytes, sha256 %s, signed by %s" % (len(raw) or "withdrawn", record["sha256"], bundle["key"] or "nobody"))
print("its record says: seen %s, received %s, from %s" % (record["captured_at"], record.get("received_at"), record.get("url") or record.get("name")))
