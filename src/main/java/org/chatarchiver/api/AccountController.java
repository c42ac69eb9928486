package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.chatarchiver.setup.AccountCheck;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tries a log-in at TeleMessage before there is a connector. */
@RestController
class AccountController {
    private final AccountCheck check;

    AccountController(AccountCheck check) {
        this.check = check;
    }

    /** A log-in, which is asked with once and not kept. */
    record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    /** @param networks that are open to it, as TeleMessage names them */
    record AccountView(String account, List<String> networks) {}

    @Operation(summary = "Asks TeleMessage, once and within 20 seconds, whether it takes a log-in")
    @Refuses(
            status = HttpStatus.UNPROCESSABLE_ENTITY,
            when = "TeleMessage does not take the log-in, or it cannot be one")
    @Refuses(status = HttpStatus.BAD_GATEWAY, when = "TeleMessage gives no answer that tells")
    @PostMapping("/api/account")
    AccountView check(@RequestBody Login login) {
        AccountCheck.Answer answer = check.check(login.username(), login.password());
        if (answer instanceof AccountCheck.Answer.Refused refused) {
            throw Refusal.of(HttpStatus.UNPROCESSABLE_ENTITY, refused.sentence());
        }
        if (answer instanceof AccountCheck.Answer.Unavailable unavailable) {
            throw Refusal.of(HttpStatus.BAD_GATEWAY, unavailable.sentence());
        }
        AccountCheck.Answer.Account account = (AccountCheck.Answer.Account) answer;
        return new AccountView(account.account(), account.networks());
    }
}
