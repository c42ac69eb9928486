/** The Camel component {@code microsoft-exchange:}, which files e-mails in mailboxes; knows nothing of the rest. */
package org.chatarchiver.msexchange;
