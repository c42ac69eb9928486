package org.chatarchiver.collect;

import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.SpringCamelContext;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.SharedLedger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * One trigger for each connector, whichever of several archivers it fires at: Quartz's tables in their PostgreSQL. With the embedded ledger
 * Quartz keeps its triggers in memory.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(SharedLedger.class)
class SharedSchedules {
    @Bean(destroyMethod = "close")
    LedgerScheduler ledgerScheduler(DataSource ledger, Archivers archivers, CamelContext camel) {
        return new LedgerScheduler(ledger, archivers.worker(), camel);
    }

    @Bean
    ComponentCustomizer quartzOfAll(ObjectProvider<LedgerScheduler> scheduler) {
        return ComponentCustomizer.builder(QuartzComponent.class)
                .withOrder(Ordered.LOWEST)
                .build(quartz -> {
                    // Not that of files on trial, whose end would be the end of the scheduler.
                    if (quartz.getCamelContext() instanceof SpringCamelContext) {
                        quartz.setSchedulerFactory(scheduler.getObject());
                    }
                });
    }
}
