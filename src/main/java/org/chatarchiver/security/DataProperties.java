package org.chatarchiver.security;

import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where everything lies that the archiver keeps. A String, since Spring turns a Path into a resource of the class path first, and "data" might
 * be one.
 *
 * @param data directory of the embedded ledger, the landing directory and the secrets; directories 0700, files 0600
 */
@ConfigurationProperties("archiver")
record DataProperties(@DefaultValue("data") String data) {

    DataProperties {
        if (data.isBlank() || data.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("archiver.data is \"" + Printable.of(data)
                    + "\"; it must be the path of a directory that the archiver may write to");
        }
    }
}
