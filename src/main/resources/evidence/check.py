import collections, csv, gzip, hashlib, json, os, sys

def lines(name):
    with open(name, encoding="utf-8-sig", newline="") as file:
        yield from file

wrong, hashes, landed = [], {}, {}
for entry in map(json.loads, lines("audit.jsonl")):
    seq, found = entry["seq"], entry.pop("hash")
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(text.encode()).hexdigest() != found:
        wrong.append(f"audit entry {seq} is not as it was written")
    if hashes and hashes.get(seq - 1) != entry["previous"]:
        wrong.append(f"audit entry {seq} does not follow the one before")
    hashes[seq] = found
    if entry["action"] == "PAGE_LANDED":
        landed[entry["subject"]] = entry["detail"]["sha256"]
for head in map(json.loads, lines("heads.jsonl")):
    if head["seq"] >= min(hashes) and hashes.get(head["seq"]) != head["hash"]:
        wrong.append(f"the audit log is not the one that {head['of']} knows")
for line in lines("pages.sha256"):
    digest, path = line.rstrip("\n").split("  ", 1)
    run, page = path.split("/")[-2:]
    if landed.get(run + "/" + page.split(".")[0].split("-")[0], digest) != digest:
        wrong.append(f"page {path} has not the digest that the audit log has")
    if len(sys.argv) > 1:
        with gzip.open(os.path.join(sys.argv[1], path + ".gz")) as plain:
            read = hashlib.sha256()
            for part in iter(lambda: plain.read(1 << 20), b""):
                read.update(part)
        if read.hexdigest() != digest:
            wrong.append(f"page {path} is not as it came from the source")
count = collections.Counter((row["run"], row["state"]) for row in csv.DictReader(lines("items.csv")))
for report in map(json.loads, lines("reports.jsonl")):
    for state in ("imported", "partiallyImported"):
        if report["settled"] and report[state] != count[report["run"], state]:
            wrong.append(f"run {report['run']} counts {report[state]} {state}, and has {count[report['run'], state]} lines")
print("\n".join(wrong) or f"All of it agrees: {len(hashes)} entries, {sum(count.values())} items.")
sys.exit(1 if wrong else 0)
