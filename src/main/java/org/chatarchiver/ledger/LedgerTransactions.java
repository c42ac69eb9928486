package org.chatarchiver.ledger;

import java.util.Arrays;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.autoproxy.AbstractAutoProxyCreator;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets the methods of the ledger's beans that say {@link Transactional} run in a transaction.
 * Spring's own way asks each method of each bean of the archiver whether it does, which is a noticeable part of a start.
 */
class LedgerTransactions extends AbstractAutoProxyCreator {
    /** @param interceptor the name of the bean that opens and ends the transactions */
    LedgerTransactions(String interceptor) {
        setProxyTargetClass(true);
        setInterceptorNames(interceptor);
    }

    @Override
    protected Object[] getAdvicesAndAdvisorsForBean(Class<?> type, String name, TargetSource source) {
        boolean transactional = type.getPackage() == LedgerTransactions.class.getPackage()
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Transactional.class));
        return transactional ? PROXY_WITHOUT_ADDITIONAL_INTERCEPTORS : DO_NOT_PROXY;
    }
}
