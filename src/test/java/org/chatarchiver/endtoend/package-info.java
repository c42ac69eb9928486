/** The archiver as a whole, between a feed and mailboxes. */
package org.chatarchiver.endtoend;
