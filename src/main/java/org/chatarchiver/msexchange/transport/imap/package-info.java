/** Mailboxes by IMAP (RFC 3501), of Exchange and of any other server. */
package org.chatarchiver.msexchange.transport.imap;
