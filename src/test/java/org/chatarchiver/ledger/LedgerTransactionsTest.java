package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chatarchiver.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class LedgerTransactionsTest {
    private final AnnotationConfigApplicationContext ledger =
            LedgerBeans.on(Database.H2.empty(), new MovableClock("2026-11-01T00:00:00Z"));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void eachBeanWithATransactionalMethodIsMadeSoAndNoOther() {
        Set<String> proxied = new TreeSet<>();
        Set<String> transactional = new TreeSet<>();
        for (Map.Entry<String, Object> bean :
                ledger.getBeansOfType(Object.class).entrySet()) {
            Class<?> type = AopUtils.getTargetClass(bean.getValue());
            if (AopUtils.isAopProxy(bean.getValue())) {
                proxied.add(bean.getKey());
            }
            if (Arrays.stream(type.getDeclaredMethods()).anyMatch(LedgerTransactionsTest::transactional)) {
                transactional.add(bean.getKey());
            }
        }

        assertThat(transactional).contains("runs", "channels", "watermarks");
        assertThat(proxied).isEqualTo(transactional);
    }

    @Test
    void aTransactionIsOpenInTheMethodAndOverBehindIt() {
        ledger.registerBean(Asked.class);

        assertThat(ledger.getBean(Asked.class).inside()).isTrue();
        assertThat(ledger.getBean(Asked.class).outside()).isFalse();
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
    }

    private static boolean transactional(Method method) {
        return method.isAnnotationPresent(Transactional.class);
    }

    static class Asked {
        @Transactional
        boolean inside() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        boolean outside() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }
}
