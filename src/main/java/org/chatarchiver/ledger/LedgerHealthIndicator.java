package org.chatarchiver.ledger;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN where the ledger does not answer; in place of Spring Boot's own indicator of that name, which would wait for a time-out of its own. */
@Component("dbHealthIndicator")
class LedgerHealthIndicator implements HealthIndicator {
    private final LedgerReach ledger;

    LedgerHealthIndicator(LedgerReach ledger) {
        this.ledger = ledger;
    }

    @Override
    public Health health() {
        LedgerReach.Answer answer = ledger.now();
        return answer.isThere()
                ? Health.up().withDetail("database", answer.product()).build()
                : Health.down(answer.trouble()).build();
    }
}
