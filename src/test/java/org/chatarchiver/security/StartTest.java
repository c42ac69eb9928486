package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.UserDetailsService;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {
    private static final String HASH = "{bcrypt}$2a$10$4V9kA793Pi2xf94dYFgKWuw8ukyETxWb7tZ4/mfco9sWkwvBQndxW";
    private static final String USER = "archiver.security.users[0].";

    @TempDir
    private Path data;

    @EnableConfigurationProperties({SecurityProperties.class, ServerProperties.class, ManagementServerProperties.class})
    @Import({DataConfiguration.class, PlainHttpGuard.class, ForwardedHeadersGuard.class, Users.class})
    static class Application {}

    @Test
    void oneUserWithAHashIsEnough() {
        start(USER + "username=ann", USER + "password=" + HASH, USER + "roles=COMPLIANCE_READER")
                .run(context -> {
                    UserDetailsService users = context.getBean(UserDetailsService.class);
                    assertThat(users.loadUserByUsername("ann").getAuthorities())
                            .extracting(Object::toString)
                            .containsExactly("ROLE_COMPLIANCE_READER");
                    assertThat(data.resolve("secrets")).doesNotExist();
                });
    }

    @Test
    void withALedgerThatOthersMayWorkWithNoPasswordIsMadeAndTheStartIsRefusedWithoutUsers() {
        String ledger = "spring.datasource.url=jdbc:postgresql://db.example/ledger";
        start(ledger).run(context -> {
            assertThat(Throwables.getRootCause(context.getStartupFailure()))
                    .isInstanceOfSatisfying(StartRefusedException.class, refused -> assertThat(refused.cure())
                            .contains(USER.replace("[0].", "[0].username"), "{bcrypt}", "DATA_CONNECTOR_ADMIN"))
                    .hasMessageContainingAll("archiver.security.users", "PostgreSQL", "secrets/admin/password");
            assertThat(data.resolve("secrets")).doesNotExist();
        });
        start(ledger, USER + "username=ann", USER + "password=" + HASH, USER + "roles=COMPLIANCE_READER")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void withoutUsersThereIsOneAdministrator() {
        start().run(context -> {
            assertThat(context.getBean(UserDetailsService.class)
                            .loadUserByUsername("admin")
                            .getAuthorities())
                    .extracting(Object::toString)
                    .containsExactly("ROLE_DATA_CONNECTOR_ADMIN");
            assertThat(context.getBean(AdminPassword.class).read().value()).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TopSecret",
                "{noop}TopSecret",
                "{MD5}TopSecret",
                "{bcrypt}TopSecret",
                "$2a$10$4V9kA793Pi2xf94dYFgKWuw8ukyETxWb7tZ4/TopSecret",
                "{bcrypt}$2a$05$4V9kA793Pi2xf94dYFgKWuw8ukyETxWb7tZ4/mfcoTopSecretAAA"
            })
    void passwordThatIsNoProperHashIsRefusedWithoutBeingPrinted(String password) {
        refused(USER + "username=ann", USER + "password=" + password, USER + "roles=COMPLIANCE_READER")
                .contains("'ann'", "htpasswd")
                .doesNotContain("TopSecret");
    }

    @Test
    void consoleShowsTheCureAndNotThePassword(CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--archiver.data=" + data,
                                "--" + USER + "username=ann",
                                "--" + USER + "password=TopSecret",
                                "--" + USER + "roles=COMPLIANCE_READER"))
                .isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "htpasswd").doesNotContain("TopSecret");
    }

    @Test
    void userNameThatStandsTwiceIsRefused() {
        refused(
                        USER + "username=ann",
                        USER + "password=" + HASH,
                        USER + "roles=COMPLIANCE_READER",
                        "archiver.security.users[1].username=Ann",
                        "archiver.security.users[1].password=" + HASH,
                        "archiver.security.users[1].roles=DATA_CONNECTOR_ADMIN")
                .contains("twice");
    }

    @Test
    void unknownRoleOrNoneIsRefused() {
        refused(USER + "username=ann", USER + "password=" + HASH, USER + "roles=ROOT")
                .contains("ROOT");
        refused(USER + "username=ann", USER + "password=" + HASH).contains("no roles");
    }

    @Test
    void userNameThatBasicCannotCarryIsRefused() {
        refused(USER + "username=a:b", USER + "password=" + HASH, USER + "roles=COMPLIANCE_READER")
                .contains("no colon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.address=0.0.0.0", "server.address=192.0.2.1", "server.port=8080"})
    void plainHttpOnTheNetworkIsRefused(String listener) {
        refused(listener).contains("in the clear");
        refused(listener, "server.forward-headers-strategy=native").contains("in the clear");
    }

    @Test
    void believingAnybodysForwardedAddressIsRefused() {
        refused("server.address=127.0.0.1", "server.forward-headers-strategy=framework")
                .contains("framework", "X-Forwarded-For");
        runner("server.address=127.0.0.1", "server.forward-headers-strategy=native")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archiver.security.allow-plain-http=true",
                "server.ssl.bundle=web",
                "server.ssl.key-store=k.p12",
                "server.address=127.0.0.1",
                "server.address=::1"
            })
    void listenerIsAcceptedWithTlsOrOnTheLoopbackOrWhenAllowed(String setting) {
        runner(setting).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void managementPortOfItsOwnIsHeldToTheSameRule() {
        refused("server.address=127.0.0.1", "server.port=8080", "management.server.port=9090")
                .contains("management.server.address");
    }

    @Test
    void refusalIsPrintedWithItsCure() {
        StartRefusedException refusal = new StartRefusedException("It is so.", "Do this.");
        assertThat(new StartRefusedAnalyzer().analyze(refusal).getAction()).isEqualTo("Do this.");
    }

    private AbstractStringAssert<?> refused(String... properties) {
        Throwable[] failure = new Throwable[1];
        runner(properties).run(context -> failure[0] = context.getStartupFailure());
        assertThat(failure[0]).isNotNull();
        return assertThat(Throwables.getStackTrace(failure[0]));
    }

    private WebApplicationContextRunner start(String... properties) {
        return runner(properties).withPropertyValues("server.address=127.0.0.1");
    }

    private WebApplicationContextRunner runner(String... properties) {
        return new WebApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("archiver.data=" + data)
                .withPropertyValues(properties);
    }
}
