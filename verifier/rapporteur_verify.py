#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks a rapporteur-package/1 offline: python3 rapporteur_verify.py FILE [--since CHECKPOINT] [--json]

A second verifier, written apart from the program that makes packages. It needs Python 3.8 or newer, its standard
library, and the command `openssl` (1.1.1 or newer) for Ed25519. The format is docs/package-format.md; the rules have
the numbers of that page. Exit: 0 intact, 1 altered (each item named), 2 wrong usage, 3 cannot tell.
"""
import base64
import binascii
import hashlib
import json
import mmap
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

FORMAT = "rapporteur-package/1"
LIMIT = "Cannot tell whether this is all that was on record: a package holds one dossier as its maker signed it."
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}\Z")
HEX32 = re.compile(r"[0-9a-f]{64}\Z")
TILE_WIDTH = 256
MANIFEST, KEY, CHECKPOINT = "manifest.note", "ledger/key", "ledger/checkpoint"
ENTRIES, RECORDS = "ledger/entries.jsonl", "records.jsonl"


class NoOpenssl(Exception):
    pass


class Findings:
    def __init__(self):
        self.altered, self.erased, self.cannot_tell, self.withheld = [], [], [], 0

    def add(self, what, item, sentence):
        self.altered.append({"what": what, "id": item, "sentence": sentence})

    @property
    def state(self):
        return "altered" if self.altered else "cannot tell" if self.cannot_tell else "intact"


# ---------------------------------------------------------------- hashes, RFC 6962 section 2.1

def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def leaf_hash(data):
    return sha256(b"\x00", data)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def split_of(count):
    """The largest power of two below a count."""
    return 1 << ((count - 1).bit_length() - 1)


class Tree:
    """All hashes of a tree; roots of any earlier size are made from complete subtrees, which are kept."""

    def __init__(self, leaves):
        self.leaves, self.kept = leaves, {}

    def between(self, start, end):
        count = end - start
        if count == 1:
            return self.leaves[start]
        complete = count & (count - 1) == 0
        if complete and (start, end) in self.kept:
            return self.kept[start, end]
        split = start + split_of(count)
        root = node_hash(self.between(start, split), self.between(split, end))
        if complete:
            self.kept[start, end] = root
        return root

    def root(self, size):
        return self.between(0, size) if size else sha256()


def proves(leaf, index, size, proof, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, node = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


# ---------------------------------------------------------------- signed notes, C2SP signed-note and tlog-checkpoint

def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def parse_key(line):
    match = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)", line)
    data = strict_base64(match.group(3)) if match else None
    if data is None or len(data) != 33 or data[0] != 1:
        return None
    name = match.group(1)
    key_id = sha256(name.encode() + b"\n" + data)[:4]
    return {"name": name, "id": key_id, "raw": data[1:]} if key_id.hex() == match.group(2) else None


def ed25519(raw, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: os.path.join(folder, name) for name in ("key", "message", "signature")}
        contents = {"key": bytes.fromhex("302a300506032b6570032100") + raw, "message": message, "signature": signature}
        for name, path in paths.items():
            with open(path, "wb") as file:
                file.write(contents[name])
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"],
                   "-rawin", "-in", paths["message"], "-sigfile", paths["signature"]]
        try:
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        except OSError as error:
            raise NoOpenssl from error


def open_note(note, key):
    """The text of a note that this key signed, or None."""
    split = note.rfind("\n\n")
    if split < 0 or not note.endswith("\n"):
        return None
    text, lines = note[:split + 1], note[split + 2:-1].split("\n")
    start = "\u2014 %s " % key["name"]
    if len(lines) != 1 or not lines[0].startswith(start):
        return None
    data = strict_base64(lines[0][len(start):])
    if data is None or len(data) != 68 or data[:4] != key["id"]:
        return None
    return text if ed25519(key["raw"], text.encode(), data[4:]) else None


def open_checkpoint(note, key):
    text = open_note(note, key)
    lines = text.split("\n") if text is not None else []
    if len(lines) != 4 or lines[0] != key["name"] or not re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]):
        return None
    root = strict_base64(lines[2])
    return (int(lines[1]), root) if root is not None and len(root) == 32 else None


# ---------------------------------------------------------------- the container: a zip with one spelling

def common(crc, size, length):
    return struct.pack("<HHHHHIIIHH", 10, 0, 0, 0, 0x21, crc, size, size, length, 0)


class Zip:
    def __init__(self, data):
        self.data, self.size, self.members, self.problems, self.whole = data, len(data), [], [], False
        start = self.read_members()
        if start is not None:
            self.read_end(start)

    def problem(self, member, sentence):
        self.problems.append((member, sentence))

    def read_members(self):
        at = 0
        while True:
            before = self.members[-1][0] if self.members else ""
            head = self.data[at:at + 30]
            if head[:4] == b"PK\x01\x02" and at > 0:
                return at
            if len(head) < 30:
                return self.problem(before, "The file ends here, before its directory.")
            if head[:4] != b"PK\x03\x04":
                return self.problem(before, "After this member comes neither another nor the directory.")
            crc, size = struct.unpack("<I", head[14:18])[0], struct.unpack("<I", head[18:22])[0]
            length = struct.unpack("<H", head[26:28])[0]
            name = self.data[at + 30:at + 30 + length].decode("latin-1")
            if not NAME.match(name) or len(name) != length:
                return self.problem(before, "After this member comes one with a name that cannot be.")
            start = at + 30 + length
            if start + size > self.size:
                return self.problem(name, "The file ends within this member.")
            if b"PK\x03\x04" + common(crc, size, length) + name.encode() != self.data[at:start]:
                self.problem(name, "The header of this member is not as the format writes it.")
            self.members.append((name, crc, size, start))
            at = start + size

    def read_end(self, start):
        at = start
        for name, crc, size, begin in self.members:
            wanted = (b"PK\x01\x02" + struct.pack("<H", 10) + common(crc, size, len(name))
                      + struct.pack("<HHHII", 0, 0, 0, 0, begin - 30 - len(name)) + name.encode())
            if self.data[at:at + len(wanted)] != wanted:
                self.problem(name, "What the directory says of this member is not as the format writes it.")
            at += len(wanted)
        count = len(self.members)
        wanted = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, at - start, start, 0)
        if self.data[at:at + 22] != wanted:
            self.problem("", "The end of the directory is not as the format writes it.")
        if self.size > at + 22:
            self.problem("", "There is something after the end.")
        self.whole = True

    def read(self, name):
        for known, _, size, start in self.members:
            if known == name:
                return bytes(self.data[start:start + size])
        return None


# ---------------------------------------------------------------- JSON, read as strictly as it was written

def refuse(constant):
    raise ValueError(constant)


def parse(text):
    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        return None


def utf8(data):
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def whole(value):
    return isinstance(value, int) and not isinstance(value, bool) or isinstance(value, float) and value.is_integer()


def texts(value):
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def has(value, **shape):
    return isinstance(value, dict) and all(name in value and fits(value[name]) for name, fits in shape.items())


def text(value):
    return isinstance(value, str)


def text_or_null(value):
    return value is None or isinstance(value, str)


def counting(value):
    return whole(value) and value >= 0


def lines_of(data, shape):
    content = utf8(data)
    if content is None:
        return [] if data is None else [None]
    lines = content.split("\n")
    rest = lines.pop()
    parsed = [parse(line) for line in lines + ([""] if rest else [])]
    return [line if has(line, **shape) else None for line in parsed]


def read_leaf(content):
    leaf = parse(content)
    if not has(leaf, type=text, entry=text, at=text, process=text, number=whole):
        return None
    fits = {
        "change": lambda: has(leaf, who=text, items=whole, root=text),
        "roll call": lambda: has(leaf, upTo=whole, void=lambda one: isinstance(one, list), previous=text_or_null),
        "erasure": lambda: has(leaf, erased=lambda ones: isinstance(ones, list) and all(
            has(one, record=text, n=whole) for one in ones)),
    }.get(leaf["type"], lambda: True)
    return leaf if fits() else None


# ---------------------------------------------------------------- members against the signed manifest

def check_manifest(archive, key, found):
    note = utf8(archive.read(MANIFEST)) or ""
    signed = open_note(note, key) if key else None
    if signed is None and key:
        found.add("manifest", MANIFEST, "The manifest does not carry the signature of this ledger's key.")
    split = note.rfind("\n\n")
    content = signed if signed is not None else note[:split + 1] if split >= 0 else ""
    lines = content.split("\n")
    if signed is not None and lines[0] != FORMAT and re.fullmatch(r"rapporteur-package/[0-9]+", lines[0]):
        found.cannot_tell.append("This package is of the format %s; a newer program reads it." % lines[0])
        return None
    manifest = parse(lines[1]) if len(lines) == 3 and lines[0] == FORMAT else None
    about = {"id": text, "slug": text, "title": text}
    fits = has(manifest, format=lambda one: one == FORMAT, program=text,
               profile=lambda one: one in ("court", "partner", "public"), dossier=lambda one: has(one, **about),
               members=lambda ones: isinstance(ones, list) and all(
                   has(one, name=text, sha256=text, size=lambda n: isinstance(n, (int, float)) and n is not True
                       and n is not False) for one in ones))
    if not fits:
        found.add("manifest", MANIFEST, "The manifest cannot be read.")
        return None
    compare(archive, manifest, found)
    return manifest


def compare(archive, manifest, found):
    listed, seen = {one["name"]: one for one in manifest["members"]}, set()
    for name, crc, size, start in archive.members:
        if name in seen:
            found.add("member", name, "This member stands in the package twice.")
        seen.add(name)
        signed = listed.get(name)
        if signed is None and name != MANIFEST:
            found.add("member", name, "This member was put in.")
        data = archive.data[start:start + size]
        if signed is not None and (signed["sha256"] != hashlib.sha256(data).hexdigest() or signed["size"] != size):
            found.add("member", name, "This member is not what was packaged.")
        elif zlib.crc32(data) != crc:
            found.add("member", name, "This member does not fit its checksum.")
    order = list(listed) + ([] if MANIFEST in listed else [MANIFEST])
    for name in order:
        if name not in seen:
            found.add("member", name, "This member is missing.")
    known = [member[0] for member in archive.members if member[0] in order]
    if len(known) == len(order) and known != order:
        found.add("container", "", "The members stand in another order than was signed.")


# ---------------------------------------------------------------- the log

def tiles_of(size):
    count, level = size, 0
    while count > 0:
        for index in range((count + TILE_WIDTH - 1) // TILE_WIDTH):
            width = min(TILE_WIDTH, count - index * TILE_WIDTH)
            digits = str(index)
            digits = digits.zfill((len(digits) + 2) // 3 * 3)
            groups = [digits[n:n + 3] for n in range(0, len(digits), 3)]
            name = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
            partial = ".p/%d" % width if width < TILE_WIDTH else ""
            yield level, index, width, "ledger/tile/%d/%s%s" % (level, name, partial)
        count, level = count // TILE_WIDTH, level + 1


def check_tiles(archive, size, root, found):
    tiles = list(tiles_of(size))
    wanted = {name for _, _, _, name in tiles}
    for name, _, _, _ in archive.members:
        if name.startswith("ledger/tile/") and name not in wanted:
            found.add("tile", name, "The ledger has no such tile.")
    leaves, complete, below = [], True, []
    for level, index, width, name in tiles:
        data = archive.read(name)
        good = data is not None and len(data) == width * 32
        if level > 0 and index == 0:
            below = [Tree(below[n:n + TILE_WIDTH]).root(TILE_WIDTH)
                     for n in range(0, len(below) - TILE_WIDTH + 1, TILE_WIDTH)] if complete else []
        if data is None:
            found.add("tile", name, "This tile of the ledger is missing.")
        elif not good:
            found.add("tile", name, "This tile does not have the size it should.")
        elif level == 0:
            leaves += [data[n:n + 32] for n in range(0, len(data), 32)]
        elif complete and b"".join(below[index * TILE_WIDTH:index * TILE_WIDTH + width]) != data:
            found.add("tile", name, "This tile is not made of the tiles below it.")
        if level == 0:
            complete = complete and good
            below = leaves
    if not complete:
        return None
    tree = Tree(leaves)
    if tree.root(size) != root:
        found.add("checkpoint", CHECKPOINT, "The tiles are not those that the checkpoint was signed over.")
    return tree


def hashes(hexes):
    return [bytes.fromhex(one) for one in hexes] if all(HEX32.match(one) for one in hexes) else None


def check_entries(archive, size, root, tree, found):
    entries, last = {}, -1
    shape = {"index": counting, "leaf": text, "proof": texts, "commitments": texts}
    for place, line in enumerate(lines_of(archive.read(ENTRIES), shape)):
        leaf = read_leaf(line["leaf"]) if line else None
        if leaf is None:
            found.add("entry", "line %d" % (place + 1), "This entry cannot be read.")
            continue
        entry, index = leaf["entry"], int(line["index"])
        if entry in entries:
            found.add("entry", entry, "This entry stands in the package twice.")
        entries[entry] = (leaf, line["commitments"])
        if index <= last:
            found.add("entry", entry, "This entry does not stand in its order.")
        last = index
        own = leaf_hash(line["leaf"].encode())
        if index >= size:
            found.add("entry", entry, "This entry has a place that the ledger does not have.")
        else:
            if tree and tree.leaves[index] != own:
                found.add("entry", entry, "This entry is not what stands at place %d of the ledger." % index)
            siblings = hashes(line["proof"])
            if siblings is None or not proves(own, index, size, siblings, root):
                found.add("entry", entry, "The proof of this entry does not lead to the checkpoint.")
        items = hashes(line["commitments"])
        small = None if items is None else Tree([leaf_hash(one) for one in items]).root(len(items)).hex()
        if leaf["type"] == "change" and (len(line["commitments"]) != leaf["items"] or small != leaf["root"]):
            found.add("entry", entry, "The commitments of this entry are not those it was made for.")
    return entries


# ---------------------------------------------------------------- the records

REVISION = {"record": text, "n": whole, "kind": text, "entry": text, "item": counting, "at": text, "who": text,
            "salt": text_or_null, "commitment": text, "committed": text_or_null}


def check_records(archive, entries, dossier, found):
    erasures = {(one["record"], one["n"]) for leaf, _ in entries.values() if leaf["type"] == "erasure"
                for one in leaf["erased"]}
    records, files, before = set(), {}, None
    for place, row in enumerate(lines_of(archive.read(RECORDS), REVISION)):
        if row is None:
            found.add("record", "line %d" % (place + 1), "This revision cannot be read.")
            continue
        record, kind, n = row["record"], row["kind"], int(row["n"])
        previous = before if before and before["record"] == record else None
        if not previous and record in records:
            found.add(kind, record, "The revisions of this record do not stand together.")
        records.add(record)
        leaf, commitments = entries.get(row["entry"], (None, []))
        item = int(row["item"])
        if leaf is None or leaf["type"] != "change":
            found.add(kind, record, "Revision %d names an entry that is not in the package." % n)
        elif item >= len(commitments) or commitments[item] != row["commitment"]:
            found.add(kind, record, "Revision %d is not one that its entry was made for." % n)
        elif leaf["at"] != row["at"] or leaf["who"] != row["who"]:
            found.add(kind, record, "Who made revision %d, or when, is not what its entry says." % n)
        said = check_content(row, previous, erasures, found)
        if said:
            body = said.get("body") if isinstance(said.get("body"), dict) else {}
            original = body.get("original") if isinstance(body.get("original"), dict) else {}
            if kind == "source" and isinstance(original.get("sha256"), str):
                files["originals/" + original["sha256"]] = (record, original["sha256"])
            if kind == "reading" and isinstance(body.get("textSha256"), str):
                files["readings/%s.txt" % record] = (record, body["textSha256"])
        before = row
    if dossier not in records:
        found.add("dossier", dossier, "The record of the dossier is missing.")
    for name, (record, wanted) in sorted(files.items()):
        what = "original" if name.startswith("originals/") else "reading"
        data = archive.read(name)
        if data is None:
            found.add(what, record, "%s is missing." % name)
        elif hashlib.sha256(data).hexdigest() != wanted:
            found.add(what, record, "%s is not what this record stands on." % name)
    for name, _, _, _ in archive.members:
        if re.match(r"(originals|readings)/", name) and name not in files:
            found.add("member", name, "No record stands on this member.")
    return len(records)


def check_content(row, previous, erasures, found):
    record, kind, n = row["record"], row["kind"], int(row["n"])
    expected = (int(previous["n"]) if previous else 0) + 1
    if n != expected:
        found.add(kind, record, "Revision %d is missing." % expected)
    salt, committed = row["salt"], row["committed"]
    if salt is None or committed is None:
        if salt is None and committed is None and (record, n) in erasures:
            found.erased.append(record)
        elif salt is None and committed is None and row.get("withheld") is True:
            found.withheld += 1
        else:
            found.add(kind, record, "The content of revision %d is gone without an erasure in the ledger." % n)
        return None
    said = parse(committed)
    same = (HEX32.match(salt) and sha256(bytes.fromhex(salt), committed.encode("utf-8", "surrogatepass")).hex()
            == row["commitment"] and isinstance(said, dict) and said.get("id") == record and said.get("kind") == kind
            and said.get("n") == n and said.get("previous") == (previous["commitment"] if previous else None))
    if same:
        return said
    found.add(kind, record, "Revision %d is not what was recorded." % n)
    return None


# ---------------------------------------------------------------- all of it

def check(data, since):
    found = Findings()
    answer = {"entries": 0, "records": 0, "rollback": "not ruled out", "checkpoint": None, "key": None}
    try:
        check_into(data, since, found, answer)
    except NoOpenssl:
        found.cannot_tell.append("The command openssl is not there, so no signature can be checked.")
    return {"state": found.state, "altered": found.altered, "erased": found.erased, "cannotTell": found.cannot_tell,
            "limits": [LIMIT] + withheld_in(found) if found.state == "intact" else [], **answer}


def withheld_in(found):
    if found.withheld == 0:
        return []
    return ["Of %d %s the proof alone is here: whoever made the package may not see what they say."
            % (found.withheld, "revision" if found.withheld == 1 else "revisions")]


def check_into(data, since, found, answer):
    if b"rapporteur-package" not in data[:4096]:
        found.cannot_tell.append("This is no package of the format %s." % FORMAT)
        return
    archive = Zip(data)
    for member, sentence in archive.problems:
        found.add("container", member, sentence)
    if not archive.whole:
        return
    line = utf8(archive.read(KEY)) or ""
    key = parse_key(line[:-1]) if line.endswith("\n") else None
    if key is None:
        found.add("key", KEY, "The key of the ledger cannot be read.")
    manifest = check_manifest(archive, key, found)
    if manifest is None or key is None:
        return
    note = utf8(archive.read(CHECKPOINT))
    checkpoint = None if note is None else open_checkpoint(note, key)
    answer["key"] = line.strip()
    if checkpoint is None:
        found.add("checkpoint", CHECKPOINT, "The checkpoint does not carry the signature of this ledger's key.")
        return
    size, root = checkpoint
    tree = check_tiles(archive, size, root, found)
    entries = check_entries(archive, size, root, tree, found)
    answer["records"] = check_records(archive, entries, manifest["dossier"]["id"], found)
    answer["entries"], answer["checkpoint"] = len(entries), note
    if since is None:
        return
    earlier = open_checkpoint(since if since.endswith("\n") else since + "\n", key)
    if earlier is None:
        found.cannot_tell.append("The checkpoint given was not signed by this ledger.")
    elif tree:
        if earlier[0] > size or tree.root(earlier[0]) != earlier[1]:
            found.add("ledger", str(earlier[0]), "The ledger does not continue the checkpoint of size %d: "
                      "it was rolled back or replaced." % earlier[0])
        answer["rollback"] = "ruled out"


def verify(path, since=None):
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return check(b"", since)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return check(data, since)


def main(arguments):
    as_json = "--json" in arguments
    arguments = [one for one in arguments if one != "--json"]
    since = None
    if "--since" in arguments[:-1]:
        place = arguments.index("--since")
        since = arguments[place + 1]
        del arguments[place:place + 2]
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__.split("\n")[0], file=sys.stderr)
        return 2
    try:
        if since is not None and "\n" not in since:
            with open(since, encoding="utf-8", newline="") as file:
                since = file.read()
        result = verify(arguments[0], since)
    except (OSError, UnicodeDecodeError) as error:
        result = {"state": "cannot tell", "altered": [], "erased": [], "cannotTell": [str(error)]}
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        for one in result["altered"]:
            print("altered: %(what)s %(id)s: %(sentence)s" % one)
        for one in result["erased"]:
            print("erased: %s" % one)
        for one in result["cannotTell"]:
            print("cannot tell: %s" % one)
        print("%s: %s entries, %s records; rollback %s." % (result["state"], result.get("entries", 0),
                                                            result.get("records", 0), result.get("rollback")))
        if result.get("key"):
            print("Signed by this key, to be compared with one known from elsewhere:\n%s" % result["key"])
    return {"intact": 0, "altered": 1, "cannot tell": 3}[result["state"]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
