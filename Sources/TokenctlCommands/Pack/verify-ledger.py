#!/usr/bin/env python3
"""Verifies what 'tokenctl audit export' printed, by registry(5) alone: verify-ledger.py FILE [HEAD, noted earlier]"""
import hashlib
import json
import sys

TEXTS = ("at", "actor", "action", "subject", "changes", "requestId", "rows")
ZEROS = "0" * 64


def chained(predecessor, texts):
    digest = hashlib.sha256(bytes.fromhex(predecessor))
    for text in texts:
        data = str(text).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def check(holds, line, reason):
    if not holds:
        sys.exit(f"NOT SOUND: line {line}: {reason}")


def check_seal(seal, before, moved, line):
    check(seal["number"] == before["number"] + 1, line, f"seal {before['number'] + 1} is not here")
    heads = [text for ledger in sorted(moved) for text in (ledger, *moved[ledger])]
    expected = chained(before["hash"], [seal["number"], seal["at"], *heads])
    check(seal["hash"] == expected, line, f"seal {seal['number']} does not match the rows of its commit")


def main(path, noted=ZEROS):
    ledgers, moved, seal, sealed, end = {}, {}, None, {"number": 0, "hash": ZEROS}, None
    line, rows, head, passed = 0, 0, ZEROS, {ZEROS}
    for line, entry in enumerate(map(json.loads, open(path, encoding="utf-8")), start=1):
        if line == 1:
            check(entry.get("format") == "tokenctl-ledger" and entry["version"] == 1, line, "no header")
            only = entry["organizationId"]
            continue
        if seal and seal != entry.get("seal"):
            check_seal(seal, sealed, moved, line - 1)
            sealed, moved, head = seal, {}, seal["hash"]
        passed |= {head} & {noted}
        if "sequence" not in entry:
            end = entry
            continue
        ledger, seal, rows = entry["organizationId"] or "", entry["seal"], rows + 1
        check(only in (None, ledger) and (only is None) == bool(seal), line, "a row of another export")
        sequence, predecessor = ledgers.get(ledger, (0, ZEROS))
        check(entry["sequence"] == sequence + 1, line, f"row {sequence + 1} of {ledger or 'the registry'} is not here")
        expected = chained(predecessor, [ledger, sequence + 1, *(entry[name] for name in TEXTS)])
        check(entry["hash"] == expected, line, f"the hash of row {sequence + 1} of {ledger or 'the registry'} differs")
        ledgers[ledger] = moved[ledger] = (sequence + 1, expected)
        head = head if seal else expected
    check(end == {"rows": rows, "head": head}, line, "the end is not here, or does not match the rows")
    check(noted in passed, line, "the noted head is not among those of the rows")
    print(f"sound: {rows} rows, head {head}")


main(*sys.argv[1:])
