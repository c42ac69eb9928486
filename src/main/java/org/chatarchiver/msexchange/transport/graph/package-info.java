/** Mailboxes by Microsoft Graph. */
package org.chatarchiver.msexchange.transport.graph;
