package org.chatarchiver.routing;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Component;
import org.apache.camel.Service;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.util.ClassUtils;

/**
 * Objects of a bean's type that do nothing. Routes on trial hold these: Camel tells what it finds in a route of its context, and starts and
 * stops it, so that a trial with the beans themselves would end the polls of the routes that run.
 */
final class StandIns {
    private static final String CAMEL = "org.apache.camel.";

    private StandIns() {}

    /** Whether the bean itself may be handed to a trial, being data: Camel's own settings, and what cannot be stood in for. */
    static boolean isData(Class<?> type) {
        return !CamelContextAware.class.isAssignableFrom(type)
                && !Service.class.isAssignableFrom(type)
                && (type.getName().startsWith(CAMEL) || Modifier.isFinal(type.getModifiers()));
    }

    /** Whether each context makes one of its own, as it does components. */
    static boolean isOfContext(Class<?> type) {
        return Component.class.isAssignableFrom(type) || type.getName().startsWith(CAMEL) && !isData(type);
    }

    static Object of(Class<?> type) {
        ProxyFactory factory = new ProxyFactory();
        factory.setTargetSource(EmptyTargetSource.forClass(type));
        if (type.isInterface() || Modifier.isFinal(type.getModifiers())) {
            factory.setInterfaces(ClassUtils.getAllInterfacesForClass(type));
        } else {
            factory.setProxyTargetClass(true);
        }
        factory.setOpaque(true);
        factory.addAdvice((MethodInterceptor) call -> nothing(call.getMethod()));
        return factory.getProxy(type.getClassLoader());
    }

    private static Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (type == Optional.class) {
            return Optional.empty();
        }
        return type.isPrimitive() && type != void.class ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
