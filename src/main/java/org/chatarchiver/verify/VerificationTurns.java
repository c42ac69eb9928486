package org.chatarchiver.verify;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.stereotype.Component;

/** Breaks off verifications where the route that they are in is stopped: a step of that, and told of it by Camel. */
@Component("verificationTurns")
public class VerificationTurns extends ServiceSupport implements Processor, ShutdownPrepared {
    private final AtomicInteger stops = new AtomicInteger();

    /** Whether there was a stop since. */
    BooleanSupplier stopped() {
        int before = stops.get();
        return () -> stops.get() != before;
    }

    @Override
    public void process(Exchange exchange) {}

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        stops.incrementAndGet();
    }
}
