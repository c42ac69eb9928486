/**
 * Holds a run against what there is of it: the source's count, the landed pages and what is read from them again, the rows of the ledger,
 * the e-mails in their folders, and the audit log (product.md 14). Each difference is named once, in words for who has to explain it.
 */
package org.chatarchiver.verify;
