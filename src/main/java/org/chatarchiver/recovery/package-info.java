/** Makes good what the ledger lacks: pages landed before a crash, interrupted runs, a lost or older ledger, replays. */
package org.chatarchiver.recovery;
