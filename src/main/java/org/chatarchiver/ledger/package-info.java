/** What happened to every run, page, item and channel entry, in one database: the only place that counts are taken from. */
package org.chatarchiver.ledger;
