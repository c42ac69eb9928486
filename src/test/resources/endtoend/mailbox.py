"""Reads one mailbox over IMAP with TLS and prints what imaplib and email understood of it as JSON.

Arguments: host, port, certificate file, mechanism (PLAIN or XOAUTH2), mailbox, account, folder as its reader sees it.
The password or token is the first line of the standard input.
"""
import base64
import calendar
import email
import email.policy
import hashlib
import imaplib
import json
import re
import ssl
import sys
import time


def decoded(name):
    """Modified UTF-7 (RFC 3501, 5.1.3)."""
    def shifted(match):
        data = match.group(1).replace(",", "/")
        return "&" if not data else base64.b64decode(data + "=" * (-len(data) % 4)).decode("utf-16-be")

    return re.sub("&([^-]*)-", shifted, name)


def folder(line):
    match = re.fullmatch(rb'\([^)]*\) (?:"(?:[^"\\]|\\.)"|NIL) (?:"((?:[^"\\]|\\.)*)"|(\S+))', line)
    quoted, atom = match.groups()
    return (re.sub(rb"\\(.)", rb"\1", quoted) if quoted is not None else atom).decode("ascii")


def addresses(header):
    groups = [group.display_name for group in header.groups if group.display_name]
    return groups or ["%s <%s>" % (a.display_name, a.addr_spec) for a in header.addresses]


def read(flags, data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    result = {
        "flags": sorted(flag.decode() for flag in imaplib.ParseFlags(flags)),
        "received": calendar.timegm(time.gmtime(time.mktime(imaplib.Internaldate2tuple(flags)))),
        "names": message.keys(),
        "headers": {name: str(value) for name, value in message.items()},
        "from": addresses(message["From"]),
        "to": addresses(message["To"]),
        "files": [],
        "notes": [],
        "types": [part.get_content_type() for part in message.walk()],
        "longestLine": max(len(line) for line in data.split(b"\r\n")),
        "bareLineEnds": len(re.findall(rb"(?<!\r)\n|\r(?!\n)", data)),
        "defects": [repr(d) for part in message.walk() for d in part.defects]
        + [name + repr(d) for name, value in message.items() for d in value.defects],
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        disposition = part.get_content_disposition()
        if disposition == "attachment":
            digest = hashlib.sha256(content).hexdigest()
            result["files"].append({"name": part.get_filename(), "type": part.get_content_type(), "sha256": digest})
        elif disposition == "inline":
            result["notes"].append(content.decode("utf-8").replace("\r\n", "\n"))
        else:
            result[part.get_content_subtype()] = content.decode("utf-8").replace("\r\n", "\n")
    return result


host, port, certificate, mechanism, mailbox, account, wanted = sys.argv[1:]
secret = sys.stdin.readline().strip()
responses = {
    "PLAIN": "%s\0%s\0%s" % (mailbox, account, secret),
    "XOAUTH2": "user=%s\1auth=Bearer %s\1\1" % (mailbox, secret),
}
imap = imaplib.IMAP4_SSL(host, int(port), ssl_context=ssl.create_default_context(cafile=certificate))
imap.authenticate(mechanism, lambda challenge: responses[mechanism].encode())
names = {decoded(name): name for name in (folder(line) for line in imap.list()[1])}
messages = []
if wanted in names:
    imap.select('"%s"' % names[wanted], readonly=True)
    answers = imap.fetch("1:*", "(FLAGS INTERNALDATE BODY.PEEK[])")[1]
    messages = [read(answer[0], answer[1]) for answer in answers if isinstance(answer, tuple)]
imap.logout()
print(json.dumps({"folders": names, "messages": messages}))
