package org.chatarchiver.telemessage;

import java.io.IOException;
import org.chatarchiver.security.DataDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reads the pages of the feed. */
@Configuration(proxyBeanMethods = false)
class TelemessageConfiguration {
    @Bean
    PageReader pageReader(TelemessageProperties feed, DataDirectory data) throws IOException {
        return new PageReader(feed.reader(), Spools.in(data.directory("spool")));
    }
}
