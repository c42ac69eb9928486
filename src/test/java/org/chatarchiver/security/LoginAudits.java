package org.chatarchiver.security;

import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.ledger.LedgerReach;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Where there is no ledger. */
final class LoginAudits {
    private LoginAudits() {}

    static LoginAudit none() {
        return new LoginAudit(
                new StaticListableBeanFactory().getBeanProvider(AuditNotes.class),
                new StaticListableBeanFactory().getBeanProvider(LedgerReach.class));
    }
}
