package org.chatarchiver.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.chatarchiver.ledger.TermsAcceptances;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.setup.AccountCheck;
import org.chatarchiver.setup.MailboxChecks;
import org.chatarchiver.setup.MappingPreviews;
import org.chatarchiver.setup.SetupFixture;
import org.chatarchiver.setup.Terms;
import org.chatarchiver.setup.Uploads;
import org.springframework.context.annotation.Bean;

/** What setting a connector up asks, with terms that a test may change. */
class SetupContext {
    static final Path TERMS = written("Version: 1\n\nAs agreed.\n");

    @Bean
    Terms terms(TermsAcceptances acceptances) {
        return SetupFixture.terms(TERMS, acceptances);
    }

    @Bean
    AccountCheck accountCheck(CamelContext camel) {
        return SetupFixture.accountCheck(camel.createProducerTemplate());
    }

    @Bean
    Uploads uploads(DataDirectory data) {
        return SetupFixture.uploads(data);
    }

    @Bean
    MappingPreviews mappingPreviews() {
        return SetupFixture.previews();
    }

    @Bean
    MailboxChecks mailboxChecks(CamelContext camel, Clock clock) {
        return SetupFixture.checks(camel.createProducerTemplate(), clock);
    }

    private static Path written(String text) {
        try {
            return Files.writeString(Files.createTempFile("terms", ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
