package org.chatarchiver.setup;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.mapping.MailboxAddresses;
import org.chatarchiver.mapping.MailboxAnswer;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Existence.Unknown;
import org.chatarchiver.msexchange.transport.Fault;
import org.springframework.stereotype.Component;

/**
 * Asks about one mailbox as the mapping of a message does, and shares what is told with it. Only that an answer says nothing of deliveries:
 * an outage that is met here is delivery's to notice, and trouble is not remembered.
 */
@Component
class MailboxInquiries {
    private static final String ROUTE = "check-mailbox";

    private final ProducerTemplate routes;
    private final MailboxAnswers answers;
    private final Outages outages;
    private final MailboxAddresses addresses;

    MailboxInquiries(ProducerTemplate routes, MailboxAnswers answers, Outages outages, ExchangeProperties exchange) {
        this.routes = routes;
        this.answers = answers;
        this.outages = outages;
        this.addresses = new MailboxAddresses(exchange.domains());
    }

    /** What there is to say of a mailbox. */
    sealed interface Told {
        record Exists() implements Told {}

        /** @param why one sentence */
        record Missing(String why) implements Told {}

        /**
         * @param why one sentence
         * @param again whether it is worth asking again soon
         * @param delay before anything is asked for; zero where nobody said
         */
        record Unclear(String why, boolean again, Duration delay) implements Told {}

        /** Nothing can be asked. */
        record Out(String why) implements Told {}
    }

    Told ask(String written) {
        Optional<String> refusal = addresses.refusal(written);
        if (refusal.isPresent()) {
            return new Told.Missing("It is never asked for, since it " + refusal.get() + ".");
        }
        String mailbox = written.toLowerCase(Locale.ROOT);
        Optional<MailboxAnswer> known = answers.known(mailbox);
        if (known.isPresent()) {
            return told(known.get());
        }
        if (outages.ongoing().isPresent()) {
            return new Told.Out(outages.ongoing().map(Outages.Outage::why).orElse("it has just come back"));
        }
        if (routes.getCamelContext().getRouteController().getRouteStatus(ROUTE) != ServiceStatus.Started) {
            return new Told.Out("the route " + ROUTE + " does not run; GET /api/routes says why");
        }
        Optional<MailboxAnswer> others = answers.await(mailbox);
        return others.isPresent() ? told(others.get()) : asked(mailbox);
    }

    /** Whoever waits for the same mailbox has to be told, or to ask himself. */
    private Told asked(String mailbox) {
        MailboxAnswer learnt = null;
        try {
            Existence existence = routes.requestBody("direct:" + ROUTE, mailbox, Existence.class);
            if (existence instanceof Unknown unknown) {
                return unclear(unknown);
            }
            learnt = existence instanceof Existence.Present ? new MailboxAnswer.Present() : new MailboxAnswer.Missing();
            return told(learnt);
        } catch (CamelExecutionException e) {
            return new Told.Out("the route " + ROUTE + " failed: " + Printable.of(String.valueOf(e.getCause())));
        } finally {
            if (learnt == null) {
                answers.giveUp(mailbox);
            } else {
                answers.learn(mailbox, learnt);
            }
        }
    }

    private static Told unclear(Unknown unknown) {
        Fault fault = unknown.fault();
        String why = fault + ": " + Printable.of(unknown.detail());
        return fault.outage()
                ? new Told.Out(why)
                : new Told.Unclear(
                        "The destination could not tell: " + why,
                        fault == Fault.BUSY || fault == Fault.THROTTLED,
                        unknown.delay());
    }

    private static Told told(MailboxAnswer answer) {
        if (answer instanceof MailboxAnswer.Present) {
            return new Told.Exists();
        }
        if (answer instanceof MailboxAnswer.Missing) {
            return new Told.Missing("The destination has no such mailbox.");
        }
        return answer instanceof MailboxAnswer.Troubled troubled
                ? new Told.Unclear(troubled.why(), false, Duration.ZERO)
                : new Told.Out(((MailboxAnswer.Outage) answer).why());
    }
}
