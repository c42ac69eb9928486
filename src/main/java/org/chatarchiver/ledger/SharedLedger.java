package org.chatarchiver.ledger;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether other archivers may work with the ledger: it is in PostgreSQL. What people and archivers have in common stands there then, and
 * not in a process; the embedded ledger has none of it.
 */
public final class SharedLedger implements Condition {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public static boolean is(Environment settings) {
        return settings.getProperty("spring.datasource.url", "").startsWith(POSTGRESQL);
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata where) {
        return is(context.getEnvironment());
    }
}
