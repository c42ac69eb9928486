"""Reads every .eml of a directory with Python's email package; prints what it understood as JSON."""
import email
import email.header
import email.policy
import hashlib
import json
import pathlib
import re
import sys


def old(value):
    """Decodes a header as programs did before the modern policy."""
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", str(value))
    return str(email.header.make_header(email.header.decode_header(unfolded)))


def read(data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    result = {
        "names": message.keys(),
        "modern": {name: str(value) for name, value in message.items()},
        "old": {name: old(value) for name, value in email.message_from_bytes(data).items()},
        "from": [[a.display_name, a.addr_spec] for a in message["From"].addresses],
        "to": [[a.display_name, a.addr_spec] for a in message["To"].addresses],
        "files": [],
        "notes": [],
        "defects": [repr(d) for part in message.walk() for d in part.defects],
    }
    for name in ("From", "To", "Subject", "Message-ID", "Date", "Content-Type"):
        result["defects"] += [name + ": " + repr(d) for d in message[name].defects]
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        disposition = part.get_content_disposition()
        if disposition == "attachment":
            result["files"].append([part.get_filename(), part.get_content_type(), hashlib.sha256(content).hexdigest()])
        elif disposition == "inline":
            result["notes"].append(content.decode("utf-8"))
        else:
            result[part.get_content_subtype()] = content.decode("utf-8")
    return result


print(json.dumps({file.name: read(file.read_bytes()) for file in pathlib.Path(sys.argv[1]).glob("*.eml")}))
