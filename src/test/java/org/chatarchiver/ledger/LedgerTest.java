package org.chatarchiver.ledger;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that is run on each database. Its class takes the {@link Database}, or the {@link TestLedger} on it, in its constructor. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(OnEachDatabase.class)
@interface LedgerTest {
    /** The only ones that it is meant for. */
    Database[] value() default {Database.H2, Database.POSTGRESQL};
}
