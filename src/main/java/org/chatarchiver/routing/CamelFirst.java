package org.chatarchiver.routing;

import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.stereotype.Component;

/**
 * Starts Camel before the port is opened, so that whatever refuses a start has done so by then: ledger, age of the landing zone, routes.
 * Camel's starter waits for the event that the whole context, its web server too, is up; the same event reaches it here, and finds
 * nothing left to do later.
 */
@Component
class CamelFirst implements SmartLifecycle {
    private final ApplicationContext application;
    private volatile boolean started;

    /** Camel is no dependency: Spring would start it beforehand, without its routes. */
    CamelFirst(ApplicationContext application) {
        this.application = application;
    }

    @Override
    public void start() {
        application
                .getBean(CamelSpringBootApplicationListener.class)
                .onApplicationEvent(new ContextRefreshedEvent(application));
        camel().start();
        started = true;
    }

    /** Camel itself is stopped by Spring, in the same phase. */
    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Before the web server. */
    @Override
    public int getPhase() {
        return camel().getPhase();
    }

    private SpringCamelContext camel() {
        return application.getBean(SpringCamelContext.class);
    }
}
