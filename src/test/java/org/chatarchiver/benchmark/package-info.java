/** Measures the whole way of a message, from the feed to a mailbox's folder, against one sequential IMAP connection. */
package org.chatarchiver.benchmark;
