package org.chatarchiver.mime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the e-mails are made with.
 *
 * @param messageIdDomain what stands behind the @ of every Message-ID; once it is changed, e-mails filed before are not recognised
 */
@ConfigurationProperties("archiver")
public record MimeProperties(
        @DefaultValue("chat-archiver.invalid") String messageIdDomain) {

    public MimeProperties {
        MessageIds.check(messageIdDomain);
    }
}
