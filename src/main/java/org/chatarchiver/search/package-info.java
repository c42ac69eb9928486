/** Finds what the ledger knows of a message, and says in plain words why it is, or is not, in the mailbox. */
package org.chatarchiver.search;
