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
import org.springframework.beans.BeanUtils;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;

/**
 * Objects of a bean's type that do nothing. Routes on trial hold these: Camel tells what it finds in a route of its context, and starts and
 * stops it, so that a trial with the beans themselves would end the polls of the routes that run.
 */
final class StandIns {
    private static final String CAMEL = "org.apache.camel.";
    private static final String OWN = "org.chatarchiver.";

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

    /** Whether it is a class of Camel's, or of the archiver's own for Camel, which does nothing to others when it is made. */
    static boolean isKnown(Class<?> type) {
        return type.getName().startsWith(CAMEL)
                || type.getName().startsWith(OWN)
                        && ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                                .anyMatch(kind -> kind.getName().startsWith(CAMEL));
    }

    /**
     * In the place of a bean that a route file declares, of which no constructor runs. A component is one in earnest: its addresses are
     * held against what it knows.
     */
    static Object declared(Class<?> type) {
        if (type.getName().startsWith(CAMEL) && (Component.class.isAssignableFrom(type) || isData(type))) {
            return BeanUtils.instantiateClass(type);
        }
        return Modifier.isFinal(type.getModifiers()) || isJavas(type)
                ? new SpringObjenesis().newInstance(type)
                : of(type);
    }

    private static boolean isJavas(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
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
