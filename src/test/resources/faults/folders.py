"""Lists what is in one folder of several mailboxes, as imaplib sees it: JSON of {mailbox: [{messageId, sourceId}, ...]}.

Arguments: host, port (in the clear), folder, mailboxes. Their password is the first line of the standard input.
"""
import email
import email.policy
import imaplib
import json
import sys

host, port, folder, *mailboxes = sys.argv[1:]
password = sys.stdin.readline().strip()
found = {}
for mailbox in mailboxes:
    imap = imaplib.IMAP4(host, int(port))
    imap.login(mailbox, password)
    found[mailbox] = []
    status, data = imap.select('"%s"' % folder, readonly=True)
    if status == "OK" and int(data[0]) > 0:
        answers = imap.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-ARCHIVE-SOURCE-ID)])")[1]
        for answer in answers:
            if isinstance(answer, tuple):
                headers = email.message_from_bytes(answer[1], policy=email.policy.default)
                found[mailbox].append({"messageId": str(headers["Message-ID"]), "sourceId": str(headers["X-Archive-Source-Id"])})
    imap.logout()
print(json.dumps(found))
