package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.spring.SpringCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** Of the archiver as it runs: Spring leaves an interceptor out without a word where it is itself being made. */
class TransactionsTest extends CollectionBed {
    @Test
    void whateverSaysThatItIsTransactionalIs() {
        List<Object> transactional =
                archiver
                        .bean(SpringCamelContext.class)
                        .getApplicationContext()
                        .getBeansOfType(Object.class)
                        .values()
                        .stream()
                        .filter(bean -> Arrays.stream(
                                        AopUtils.getTargetClass(bean).getDeclaredMethods())
                                .anyMatch(method -> method.isAnnotationPresent(Transactional.class)))
                        .toList();

        assertThat(transactional).hasSizeGreaterThan(10).allSatisfy(bean -> assertThat(((Advised) bean).getAdvisors())
                .anyMatch(advisor -> advisor.getAdvice() instanceof TransactionInterceptor));
    }
}
