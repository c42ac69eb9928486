package org.chatarchiver.mapping;

/** Is told of changes of a connector's mapping file, for logs, alerts and the audit log. Called while the store is locked: be quick. */
public interface MappingEvents {
    /** Tells the log. */
    static MappingEvents logged() {
        return new MappingLog();
    }

    /**
     * Another version than before is in use here.
     *
     * @param sha256 lower-case hex digest of the file
     */
    void accepted(String connectorId, long version, int rows, String sha256);

    /**
     * The file on this archiver's disk is a version that another one has replaced, and does not count.
     *
     * @param version the one that the file is
     * @param inForce the one that counts
     */
    void passedOver(String connectorId, long version, long inForce);

    /**
     * The source cannot be used, and was not told of for the same reasons before.
     *
     * @param inUse whether another mapping stays in use; else the connector's pages wait
     */
    void rejected(String connectorId, Parsed.Rejected rejected, boolean inUse);
}
