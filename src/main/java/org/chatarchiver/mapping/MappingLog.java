package org.chatarchiver.mapping;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of mapping files that come into use or are refused: one line for each change. */
final class MappingLog implements MappingEvents {
    private static final Logger LOG = LoggerFactory.getLogger(MappingLog.class);

    @Override
    public void accepted(String connectorId, long version, int rows, String sha256) {
        LOG.info("{} uses a mapping of {} rows, version {}, SHA-256 {}", connectorId, rows, version, sha256);
    }

    @Override
    public void passedOver(String connectorId, long version, long inForce) {
        LOG.info(
                "The mapping file of {} on this disk is version {}; version {} is newer and counts until the file is changed",
                connectorId,
                version,
                inForce);
    }

    @Override
    public void rejected(String connectorId, Parsed.Rejected rejected, boolean inUse) {
        LOG.error("{}", rejected.sentence(connectorId, inUse));
    }
}
