package org.chatarchiver.setup;

import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.ledger.Drafts;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.Secrets;
import org.springframework.stereotype.Component;

/** The step at which TeleMessage is asked whether it takes the log-in, and has the network for it. */
@Component
public class DraftLogin {
    static final String PASSWORD = "password";

    private final Drafts drafts;
    private final DraftPasswords passwords;
    private final AccountCheck account;
    private final Secrets secrets;
    private final Clock clock;

    DraftLogin(Drafts drafts, DraftPasswords passwords, AccountCheck account, Secrets secrets, Clock clock) {
        this.drafts = drafts;
        this.passwords = passwords;
        this.account = account;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Asks, and keeps what was taken.
     *
     * @param password empty for the one that is known already: given before, or of the connector that is changed
     * @return why the log-in is not taken, with the cure; empty where it is
     */
    public Optional<String> check(Draft draft, String username, String password, String by) {
        String known = password.isEmpty() ? known(draft, username).orElse("") : password;
        AccountCheck.Answer answer = account.check(username, known);
        if (answer instanceof AccountCheck.Answer.Refused refused) {
            return Optional.of(refused.sentence());
        }
        if (answer instanceof AccountCheck.Answer.Unavailable unavailable) {
            return Optional.of(unavailable.sentence());
        }
        return keep(draft, username, known, (AccountCheck.Answer.Account) answer, by);
    }

    private Optional<String> keep(
            Draft draft, String username, String password, AccountCheck.Answer.Account answer, String by) {
        Draft.Settings before = draft.settings();
        if (!answer.networks().contains(before.network())) {
            return Optional.of("TeleMessage takes the log-in, but the account " + Printable.quoted(answer.account())
                    + " has no " + before.network() + "; it has "
                    + (answer.networks().isEmpty()
                            ? "none at all"
                            : answer.networks().stream()
                                    .sorted()
                                    .limit(20)
                                    .map(Printable::of)
                                    .collect(Collectors.joining(", ")))
                    + ". Give the log-in of the account that has it, or have TeleMessage open it.");
        }
        Draft now = draft.with(before.withUsername(username)).withAccount(answer.account(), clock.instant());
        if (!drafts.change(now, by)) {
            return Optional.of(DraftReview.OVERTAKEN);
        }
        passwords.keep(draft.id(), username, password);
        return Optional.empty();
    }

    /** Whether the password need not be given. */
    public boolean hasPassword(Draft draft) {
        return known(draft, draft.settings().username()).isPresent();
    }

    private Optional<String> known(Draft draft, String username) {
        Optional<String> given = passwords.of(draft.id(), username);
        return given.isPresent() || draft.replaces() == null
                ? given
                : secrets.read(draft.replaces(), PASSWORD).value();
    }
}
