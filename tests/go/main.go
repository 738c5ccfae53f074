// Reads a package of ours with Go's own transparency-log library: the signed checkpoint, the tiles, every entry's
// proof, and an earlier checkpoint as part of the newer tree. Prints what it checked; exits 1 at the first difference.
package main

import (
	"archive/zip"
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var members = map[string][]byte{}

func open(checkpoint []byte) tlog.Tree {
	verifier, err := note.NewVerifier(strings.TrimSpace(string(members["ledger/key"])))
	must(err)
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		must(fmt.Errorf("this checkpoint has another form: %q", opened.Text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	hash, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: hash}
}

// Tiles of height 8 by the names of C2SP tlog-tiles, which leave the height out.
type tiles struct{}

func (tiles) Height() int { return 8 }

func (tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		name := "ledger/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, ok := members[name]
		if !ok {
			return nil, fmt.Errorf("there is no %s", name)
		}
		found = append(found, data)
	}
	return found, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	archive, err := zip.OpenReader(os.Args[1])
	must(err)
	for _, file := range archive.File {
		reader, err := file.Open()
		must(err)
		members[file.Name], err = io.ReadAll(reader)
		must(err)
	}
	tree := open(members["ledger/checkpoint"])
	hashes := tlog.TileHashReader(tree, tiles{})
	proofs := 0
	lines := bufio.NewScanner(strings.NewReader(string(members["ledger/entries.jsonl"])))
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var entry struct {
			Index int64    `json:"index"`
			Leaf  string   `json:"leaf"`
			Proof []string `json:"proof"`
		}
		must(json.Unmarshal(lines.Bytes(), &entry))
		var ours tlog.RecordProof
		for _, text := range entry.Proof {
			var hash tlog.Hash
			bytes, err := hex.DecodeString(text)
			must(err)
			copy(hash[:], bytes)
			ours = append(ours, hash)
		}
		must(tlog.CheckRecord(ours, tree.N, tree.Hash, entry.Index, tlog.RecordHash([]byte(entry.Leaf))))
		theirs, err := tlog.ProveRecord(tree.N, entry.Index, hashes)
		must(err)
		if fmt.Sprint(theirs) != fmt.Sprint(ours) {
			must(fmt.Errorf("the proof of entry %d is another", entry.Index))
		}
		proofs++
	}
	earlier, err := os.ReadFile(os.Args[2])
	must(err)
	old := open(earlier)
	proof, err := tlog.ProveTree(tree.N, old.N, hashes)
	must(err)
	must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	fmt.Printf("size %d, proofs %d, continues %d\n", tree.N, proofs, old.N)
}
