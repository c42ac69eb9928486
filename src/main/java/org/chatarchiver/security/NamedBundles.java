package org.chatarchiver.security;

import org.chatarchiver.message.Printable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The bundles {@code spring.ssl.bundle.*} that settings of ours name. */
public final class NamedBundles {
    private NamedBundles() {}

    /** @throws StartRefusedException where there is none of the name; Spring's own words would not say which setting names it */
    public static SslBundle find(SslBundles bundles, String setting, String name) {
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw new StartRefusedException(
                    setting + " is " + Printable.quoted(name) + ", and there is no bundle of that name",
                    "Set spring.ssl.bundle.pem." + Printable.of(name)
                            + ".truststore.certificate=file:<certificate in PEM>, or correct the name.",
                    e);
        }
    }
}
