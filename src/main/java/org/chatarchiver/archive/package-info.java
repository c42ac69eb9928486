/** Archives landed pages: de-duplication, mailboxes, attachments, sizes, hooks, and the record of what is about to be sent. */
package org.chatarchiver.archive;
