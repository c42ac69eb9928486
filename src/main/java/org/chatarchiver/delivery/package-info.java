/** Delivers to the mailboxes: batches, outcomes, retries, outages, and the settings of the destination. */
package org.chatarchiver.delivery;
