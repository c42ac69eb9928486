/** The ways into a mailbox, behind one interface. */
package org.chatarchiver.msexchange.transport;
