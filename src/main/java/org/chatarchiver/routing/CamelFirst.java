package org.chatarchiver.routing;

import javax.sql.DataSource;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.springframework.beans.factory.DisposableBean;
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
class CamelFirst implements SmartLifecycle, DisposableBean {
    private final ApplicationContext application;
    private volatile boolean started;
    private volatile SpringCamelContext running;

    /**
     * Camel is no dependency: Spring would start it beforehand, without its routes.
     *
     * @param ledger is closed behind this bean
     */
    CamelFirst(ApplicationContext application, DataSource ledger) {
        this.application = application;
    }

    @Override
    public void start() {
        application
                .getBean(CamelSpringBootApplicationListener.class)
                .onApplicationEvent(new ContextRefreshedEvent(application));
        running = camel();
        running.start();
        started = true;
    }

    /** A start that fails behind this, as on a port that is taken, stops nothing: the routes would go on without a ledger. */
    @Override
    public void destroy() {
        if (running != null) {
            running.stop();
        }
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
