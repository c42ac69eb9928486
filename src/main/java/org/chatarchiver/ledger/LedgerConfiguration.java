package org.chatarchiver.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    static LedgerTransactions ledgerTransactions() {
        return new LedgerTransactions("ledgerTransaction");
    }

    @Bean
    TransactionInterceptor ledgerTransaction(TransactionManager transactions) {
        return new TransactionInterceptor(transactions, new AnnotationTransactionAttributeSource(false));
    }

    @Bean
    static Compaction compaction() {
        return new Compaction();
    }

    @Bean
    static BeanPostProcessor ledgerPool(Environment settings) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    pool.setExceptionOverride(new ClosedDatabase());
                }
                return bean;
            }

            /** Before anybody has it: Flyway asks which database it is as soon as it is made. */
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                // Whoever calls a command waits for its exit code.
                boolean command = settings.acceptsProfiles(Profiles.of(LedgerMigration.COMMAND));
                if (bean instanceof HikariDataSource pool && !command) {
                    LedgerWait.until(pool);
                }
                return bean;
            }
        };
    }
}
