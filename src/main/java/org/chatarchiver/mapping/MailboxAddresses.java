package org.chatarchiver.mapping;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which addresses may be asked for at the destination: RFC 5321 mailboxes with an unquoted local part, in the allowed domains. */
public final class MailboxAddresses {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern ADDRESS =
            Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

    private final Set<String> domains;

    /** @param domains the only domains to ask for, in any case; empty for all */
    public MailboxAddresses(Collection<String> domains) {
        this.domains =
                domains.stream().map(d -> d.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    static boolean isValid(String address) {
        // The length comes first: it bounds what the pattern looks at.
        return address.length() <= LONGEST
                && address.indexOf('@') <= LONGEST_LOCAL
                && ADDRESS.matcher(address).matches();
    }

    /** Why the address may not be asked for, as the end of a sentence; empty where it may. */
    public Optional<String> refusal(String address) {
        if (!isValid(address)) {
            return Optional.of("is not a valid mailbox address");
        }
        String domain = address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domains.isEmpty() || domains.contains(domain)
                ? Optional.empty()
                : Optional.of("lies outside archiver.exchange.domains");
    }
}
