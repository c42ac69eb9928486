package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.chatarchiver.setup.Terms;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The terms of service, and the consent of whoever sets connectors up. */
@RestController
class TermsController {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final Terms terms;

    TermsController(Terms terms) {
        this.terms = terms;
    }

    /**
     * The terms as they are now.
     *
     * @param sha256 of the text in UTF-8, lower-case hex
     * @param accepted when whoever asks has accepted this text; null where that is still to be done
     */
    record TermsView(String version, String sha256, String text, Instant accepted) {}

    /** @param sha256 of the text that was shown, as {@code GET /api/terms} gives it */
    record Consent(String sha256) {}

    @Operation(summary = "The terms of service as they are now, and when whoever asks has accepted them")
    @GetMapping("/api/terms")
    TermsView terms(Principal user) {
        Terms.Text now = terms.current();
        Instant accepted =
                terms.acceptedBy(user.getName()).map(Terms.Acceptance::at).orElse(null);
        return new TermsView(now.version(), now.sha256(), now.text(), accepted);
    }

    /** The text and who accepted it are kept in the ledger for good. Once accepted, it is answered as before. */
    @Operation(summary = "Records that whoever asks accepts the terms of service with this digest")
    @Refuses(status = HttpStatus.CONFLICT, when = "the terms are others by now; version and sha256 name these")
    @PostMapping("/api/terms/acceptances")
    Terms.Acceptance accept(@RequestBody Consent consent, Principal administrator) {
        if (consent.sha256() == null || !SHA_256.matcher(consent.sha256()).matches()) {
            throw Refusal.badRequest("The field sha256 is " + Printable.quoted(String.valueOf(consent.sha256()))
                    + "; give the sha256 of GET /api/terms, 64 lower-case hex digits.");
        }
        Terms.Outcome outcome = terms.accept(administrator.getName(), consent.sha256());
        if (outcome instanceof Terms.Outcome.Changed changed) {
            throw Refusal.of(
                            HttpStatus.CONFLICT,
                            "The terms of service are others by now (version "
                                    + changed.now().version() + "); read them by GET /api/terms and accept those.")
                    .with("version", changed.now().version())
                    .with("sha256", changed.now().sha256());
        }
        return ((Terms.Outcome.Accepted) outcome).acceptance();
    }
}
