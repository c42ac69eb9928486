package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that is not right now. */
@RestController
class FindingsController {
    private final Findings findings;

    FindingsController(Findings findings) {
        this.findings = findings;
    }

    @Operation(summary = "Everything that is not right now, each with what to do")
    @GetMapping("/api/findings")
    Listing<Finding> list() {
        return new Listing<>(findings.now(), null);
    }
}
