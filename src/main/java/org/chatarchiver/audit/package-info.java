/**
 * The audit log: who did what, and when, as a chain in which each entry holds the hash of the one before (product.md 14). What happens is
 * noted in the transaction that does it, and the notes are appended to the chain one after the other behind it, so that nothing that
 * delivers waits for the chain.
 */
package org.chatarchiver.audit;
