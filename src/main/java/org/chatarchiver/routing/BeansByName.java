package org.chatarchiver.routing;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Knows all beans by name and type, and makes none that nobody asks for: a command opens and starts only what it needs. */
final class BeansByName extends AnnotationConfigApplicationContext {
    @Override
    protected void registerListeners() {}

    @Override
    protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beans) {
        beans.freezeConfiguration();
    }

    @Override
    protected void finishRefresh() {}
}
