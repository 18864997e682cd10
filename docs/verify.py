#!/usr/bin/env python3
"""Checks a bundle of `readout prove` without readout: python3 verify.py BUNDLE.json

It shows that the captured bytes have the hash of their record, and that the head of the log
commits to the record at its place (RFC 6962, section 2.1). It does not show who published
the bytes, nor that they were seen when the record says. To see that the head was there
before, compare it with one that was kept elsewhere.
"""
import base64
import hashlib
import json
import sys


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(index, size, digest, path):
    """The root that a leaf at an index of a tree of that size leads to (RFC 9162, 2.1.3.2)."""
    at, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise ValueError("the proof is too long")
        if at % 2 == 1 or at == last:
            digest = node(sibling, digest)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            digest = node(digest, sibling)
        at, last = at // 2, last // 2
    if last != 0:
        raise ValueError("the proof is too short")
    return digest


def verify(bundle):
    origin, size, root = bundle["head"].split("\n")[:3]
    if bundle["schema"] != "readout.proof/1" or origin != "readout captures":
        raise ValueError("no bundle of a known form")
    form, row = bundle["record"].split("\n")[:2]
    if form != "readout capture 1":
        raise ValueError("no record of a known form")
    record = json.loads(row)
    raw = base64.b64decode(bundle["raw"] or "")
    if hashlib.sha256(raw).hexdigest() != record["sha256"]:
        raise ValueError("the bytes do not have the hash of the record")
    index, size = bundle["index"], int(size)
    if not 0 <= index < size:
        raise ValueError("the record stands outside the log")
    path = [base64.b64decode(h) for h in bundle["proof"]]
    if root_of(index, size, leaf(bundle["record"].encode()), path) != base64.b64decode(root):
        raise ValueError("the head does not commit to the record")
    return record, raw


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        bundle = json.load(f)
    try:
        record, raw = verify(bundle)
    except (ValueError, KeyError, TypeError) as e:
        sys.exit("proves nothing: %s" % e)
    print("proved: a store held these %d bytes, sha256 %s" % (len(raw), record["sha256"]))
    print("its record says: seen %s, from %s" % (record["captured_at"], record.get("url") or record.get("name")))


if __name__ == "__main__":
    main()
