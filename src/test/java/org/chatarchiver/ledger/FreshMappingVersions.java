package org.chatarchiver.ledger;

import java.util.UUID;
import javax.sql.DataSource;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The versions of mapping files in a database of their own, without the rest of the ledger. */
public final class FreshMappingVersions {
    private FreshMappingVersions() {}

    public static MappingVersions start() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/V21__mapping_versions.sql"),
                        new ClassPathResource("db/migration/V27__audit.sql"))
                .execute(database);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(database));
        context.register(LedgerConfiguration.class, AuditNotes.class, MappingVersions.class);
        context.refresh();
        return context.getBean(MappingVersions.class);
    }
}
