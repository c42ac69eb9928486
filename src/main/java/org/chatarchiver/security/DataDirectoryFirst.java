package org.chatarchiver.security;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.stereotype.Component;

/** Has the data directory made before the database, which would make it with whatever permissions the umask gives. */
@Component
class DataDirectoryFirst extends AbstractDependsOnBeanFactoryPostProcessor {
    DataDirectoryFirst() {
        super(DataSource.class, DataDirectory.class);
    }
}
