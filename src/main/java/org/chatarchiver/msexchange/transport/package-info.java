/** What the ways into a mailbox share: the interface, its questions and answers, and what is done about errors. */
package org.chatarchiver.msexchange.transport;
