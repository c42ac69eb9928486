package org.chatarchiver.routing;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultInjector;

/** Makes what Camel and the archiver are made of; for a class of anybody else, which may do anything when it is made, a stand-in. */
final class TrialInjector extends DefaultInjector {
    TrialInjector(CamelContext context) {
        super(context);
    }

    @Override
    public <T> T newInstance(Class<T> type) {
        return StandIns.isKnown(type) ? super.newInstance(type) : type.cast(StandIns.declared(type));
    }

    @Override
    public <T> T newInstance(Class<T> type, boolean postProcess) {
        return StandIns.isKnown(type) ? super.newInstance(type, postProcess) : type.cast(StandIns.declared(type));
    }

    @Override
    public <T> T newInstance(Class<T> type, String method) {
        return StandIns.isKnown(type) ? super.newInstance(type, method) : refused(type, method);
    }

    @Override
    public <T> T newInstance(Class<T> type, Class<?> factory, String method) {
        return StandIns.isKnown(factory) ? super.newInstance(type, factory, method) : refused(factory, method);
    }

    private static <T> T refused(Class<?> factory, String method) {
        throw new IllegalArgumentException(
                "calls " + factory.getName() + "." + method + "; a bean is a class of its own, without a factory");
    }
}
