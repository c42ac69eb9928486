/** Mailboxes by Exchange Web Services, of an Exchange on premises. */
package org.chatarchiver.msexchange.transport.ews;
