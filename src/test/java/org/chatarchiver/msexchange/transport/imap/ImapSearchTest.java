package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many e-mails are looked for at once, on servers that take long commands and on those that do not. */
class ImapSearchTest {
    private static final String MAILBOX = "alice@example.com";

    private final ScriptedImap server = new ScriptedImap("LITERAL+ UNSELECT ESEARCH");
    private ImapTransport transport;

    @BeforeEach
    void connect() {
        ImapOptions options = new ImapOptions();
        options.port = server.port();
        options.authentication = Authentication.xoauth2;
        options.timeout = Duration.ofSeconds(5);
        options.credential = ImapOptions.credential(() -> "token");
        transport = new ImapTransport(options.settings());
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private Map<String, Long> find(List<String> ids) {
        Found found = transport.find(new Lookup(MAILBOX, "Archive", ids));
        assertThat(found).isInstanceOf(Found.Answered.class);
        return ((Found.Answered) found).uids();
    }

    private List<String> commands(String name) {
        return server.commands.stream()
                .filter(command -> command.contains(" UID " + name + " "))
                .toList();
    }

    private static String id(int number) {
        return "<" + "e".repeat(33) + (1_000_000 + number) + "@chat-archiver.invalid>";
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(ImapSearchTest::id).toList();
    }

    /** Each third one, with the UIDs that the server gives them. */
    private Map<String, Long> fileEachThird(int count) {
        for (int i = 0; i < count; i += 3) {
            server.filed.add(id(i));
        }
        return IntStream.range(0, server.filed.size())
                .boxed()
                .collect(Collectors.toMap(server.filed::get, i -> i + 1L));
    }

    @Test
    void aFolderIsReadOnceForManyEmails() {
        Map<String, Long> there = fileEachThird(150);

        assertThat(find(ids(150))).isEqualTo(there);

        assertThat(commands("SEARCH")).hasSize(3);
        assertThat(commands("FETCH")).hasSize(3);
    }

    @Test
    void noHeaderIsReadWhereNothingIsFound() {
        server.filed.add("<other@test.invalid>");

        assertThat(find(ids(50))).isEmpty();

        assertThat(commands("SEARCH")).hasSize(1);
        assertThat(commands("FETCH")).isEmpty();
    }

    @Test
    void noHeaderIsReadForASingleEmail() {
        Map<String, Long> there = fileEachThird(1);

        assertThat(find(ids(1))).isEqualTo(there);

        assertThat(commands("FETCH")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 63})
    void aServerThatRefusesSoManyKeysIsAskedForFewer(int most) {
        server.mostSearchKeys = most;
        Map<String, Long> there = fileEachThird(100);

        assertThat(find(ids(100))).isEqualTo(there);
    }

    @Test
    void aServerThatIsInTroubleIsNotAskedForFewer() {
        server.onSearch.add("BAD Request is throttled. Suggested Backoff Time: 45000 milliseconds");

        assertThat(transport.find(new Lookup(MAILBOX, "Archive", ids(50))))
                .isInstanceOfSatisfying(Found.Unclear.class, unclear -> {
                    assertThat(unclear.fault()).isEqualTo(Fault.THROTTLED);
                    assertThat(unclear.delay()).isEqualTo(Duration.ofSeconds(45));
                });

        assertThat(commands("SEARCH")).hasSize(1);
    }

    @Test
    void aServerThatRefusesEvenASingleKeyLeavesItOpen() {
        server.mostSearchKeys = 0;

        assertThat(transport.find(new Lookup(MAILBOX, "Archive", ids(50))))
                .isInstanceOfSatisfying(Found.Unclear.class, unclear -> assertThat(unclear.fault())
                        .isEqualTo(Fault.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OK nothing to tell",
                "* 1 FETCH (UID 1 FLAGS ())",
                "* 1 FETCH (BODY[HEADER.FIELDS (MESSAGE-ID)] \"\" UID 1)",
                "* 1 FETCH (BODY[HEADER.FIELDS (MESSAGE-ID)] NIL UID 1)"
            })
    void whatIsFoundAndDoesNotTellItsNameIsAskedForOneByOne(String headers) {
        Map<String, Long> there = fileEachThird(7);
        server.onFetch.add(headers);

        assertThat(find(ids(7))).isEqualTo(there);
    }

    @Test
    void theLastOfTwoCopiesIsFound() {
        server.filed.addAll(List.of(id(1), id(2), id(1)));

        assertThat(find(ids(3))).isEqualTo(Map.of(id(1), 3L, id(2), 2L));
        assertThat(find(List.of(id(1)))).isEqualTo(Map.of(id(1), 3L));
    }

    @Test
    void noCommandIsLongerThanServersHaveToTake() {
        String domain = "@" + String.join(".", Collections.nCopies(4, "d".repeat(60))) + ">";
        List<String> ids = ids(60).stream()
                .map(id -> id.replace("@chat-archiver.invalid>", domain))
                .toList();
        server.filed.add(ids.get(59));

        assertThat(find(ids)).isEqualTo(Map.of(ids.get(59), 1L));

        assertThat(commands("SEARCH")).hasSizeGreaterThan(1).allMatch(command -> command.length() < 8_000);
    }
}
