package org.chatarchiver.mapping;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of mapping files that come into use or are refused: one line for each change. */
final class MappingLog implements MappingEvents {
    private static final Logger LOG = LoggerFactory.getLogger(MappingLog.class);

    @Override
    public void accepted(String connectorId, int rows, String sha256) {
        LOG.info("{} uses a mapping of {} rows, SHA-256 {}", connectorId, rows, sha256);
    }

    @Override
    public void rejected(String connectorId, Parsed.Rejected rejected, boolean inUse) {
        LOG.error("{}", rejected.sentence(connectorId, inUse));
    }
}
