package org.chatarchiver.oidc;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an issuer's ID tokens tell of people, where {@code spring.security.oauth2.client.registration.*} names one. Nobody without a role
 * is let in.
 *
 * @param nameClaim claim with the name that is shown, and recorded with what somebody does; at Entra ID the user principal name. Where people choose
 *     it themselves, name one that they do not, such as {@code sub}. One that a user of the archiver has, or {@code admin}, is refused
 * @param rolesClaim claim with roles, which are called as ours: DATA_CONNECTOR_ADMIN, COMPLIANCE_READER; at Entra ID the application's roles
 * @param groupsClaim claim with groups
 * @param adminGroups groups whose members are administrators; at Entra ID by object id
 * @param readerGroups groups whose members are readers
 * @param sslBundle name of a bundle {@code spring.ssl.bundle.*} whose certificates are trusted; empty for the JVM's
 */
@ConfigurationProperties("archiver.security.oidc")
record OidcProperties(
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Set<String> adminGroups,
        @DefaultValue Set<String> readerGroups,
        @DefaultValue("") String sslBundle) {

    private static final String PREFIX = "archiver.security.oidc.";

    OidcProperties {
        check("name-claim", nameClaim);
        check("roles-claim", rolesClaim);
        check("groups-claim", groupsClaim);
        adminGroups = groups("admin-groups", adminGroups);
        readerGroups = groups("reader-groups", readerGroups);
    }

    private static void check(String setting, String claim) {
        if (!isPlain(claim)) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is " + Printable.quoted(claim) + "; use the name of a claim, such as roles");
        }
    }

    private static Set<String> groups(String setting, Set<String> groups) {
        List<String> bad =
                groups.stream().filter(Predicate.not(OidcProperties::isPlain)).toList();
        if (!bad.isEmpty()) {
            throw new IllegalArgumentException(PREFIX + setting + " names " + Printable.quoted(bad.get(0))
                    + "; use ids or names, with commas between");
        }
        return Set.copyOf(groups);
    }

    private static boolean isPlain(String name) {
        return !name.isBlank()
                && name.equals(name.strip())
                && Printable.of(name).equals(name);
    }
}
