package org.chatarchiver.setup;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What whoever sets a connector up is shown.
 *
 * @param terms file with the organisation's own terms of service, UTF-8 text of at most 64 KB with a line "Version: ...", read anew whenever
 *     they are shown; the shipped terms where it is empty
 */
@ConfigurationProperties("archiver")
record SetupProperties(Path terms) {}
