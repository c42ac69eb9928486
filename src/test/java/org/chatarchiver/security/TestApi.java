package org.chatarchiver.security;

import java.util.concurrent.Callable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Something to be guarded. Under a profile of its own, as the sandbox scans the test classes too. */
@RestController
@Profile("security-test")
@RequestMapping("/api/things")
class TestApi {
    @GetMapping
    String look() {
        return "looked";
    }

    @PostMapping
    String change() {
        return "changed";
    }

    @GetMapping("/later")
    Callable<String> lookLater() {
        return () -> "looked later";
    }

    @GetMapping("/broken")
    String fail() {
        throw new IllegalStateException("inner details");
    }
}
