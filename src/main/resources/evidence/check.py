import collections, csv, gzip, hashlib, itertools, json, os, re, sys
def lines(name):
    return open(name, encoding="utf-8-sig", newline="")
def check(right, sentence):
    right or wrong.append(sentence)
wrong, hashes, landed = [], {}, {}
for entry in map(json.loads, lines("audit.jsonl")):
    seq, found = entry["seq"], entry.pop("hash")
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    check(hashlib.sha256(text.encode()).hexdigest() == found, f"audit entry {seq} is not as it was written")
    check(not hashes or hashes.get(seq - 1) == entry["previous"], f"audit entry {seq} does not follow the one before")
    hashes[seq] = found
    if entry["action"] == "PAGE_LANDED":
        landed[entry["detail"].get("path", entry["subject"])] = entry["detail"]["sha256"]
for head in map(json.loads, lines("heads.jsonl")):
    there = head["seq"] < next(iter(hashes)) or hashes.get(head["seq"]) == head["hash"]
    check(there, f"the audit log is not the one that {head['of']} knows")
for digest, path in (line.rstrip("\n").split("  ", 1) for line in lines("pages.sha256")):
    page = re.sub(r"(-\d+)?\.json$", "", "/".join(path.split("/")[-2:]))  # as entries without a path have it
    check(landed.get(path + ".gz", landed.get(page, digest)) == digest, f"page {path} has not the digest that the audit log has")
    if len(sys.argv) > 1:
        plain, read = gzip.open(os.path.join(sys.argv[1], path + ".gz")), hashlib.sha256()
        for part in iter(lambda: plain.read(1 << 20), b""):
            read.update(part)
        check(read.hexdigest() == digest, f"page {path} is not as it came from the source")
count = collections.Counter((row["run"], row["state"]) for row in csv.DictReader(lines("items.csv")))
for report, state in itertools.product(map(json.loads, lines("reports.jsonl")), ("imported", "partiallyImported")):
    told, found = report[state], count[report["run"], state]
    check(told == found or not report["settled"], f"run {report['run']} counts {told} {state}, and has {found} lines")
sys.exit("\n".join(wrong) or print(f"All of it agrees: {len(hashes)} entries, {sum(count.values())} items."))
