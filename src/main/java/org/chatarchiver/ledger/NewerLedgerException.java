package org.chatarchiver.ledger;

/** A later version of the archiver has changed the ledger: this one does not know what stands in it. */
class NewerLedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param version of the ledger's schema */
    NewerLedgerException(String version) {
        super("The ledger has a schema of version " + version
                + ", which this version of Chat Archiver does not know: a later one has been at work on it.");
    }
}
