/** Which mailboxes a message belongs to: the mapping file, automatic mapping and the mailboxes that really exist. */
package org.chatarchiver.mapping;
