package org.chatarchiver.collect;

import org.chatarchiver.telemessage.PageReader;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.stereotype.Component;

/** Has the ledger opened before leftover files are removed: a second archiver on one embedded ledger is refused before it harms the first. */
@Component
class LedgerFirst extends AbstractDependsOnBeanFactoryPostProcessor {
    LedgerFirst() {
        super(PageReader.class, FlywayMigrationInitializer.class);
    }
}
