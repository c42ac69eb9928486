package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsMailboxes;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EwsTransportTest extends EwsContract {
    @Override
    EwsStub.Login login() {
        return EwsStub.Login.BASIC;
    }

    @Override
    EwsOptions options() {
        return new EwsOptions(stub);
    }

    private EwsMailboxes.Item file(String header) {
        String content = "Message-ID: <one@test.invalid>\r\n" + header + "Subject: s\r\n\r\ntext\r\n";
        Email email = new Email("<one@test.invalid>", DATE, content.getBytes(StandardCharsets.UTF_8));
        assertThat(transport.append(new Batch(alice, FOLDER, List.of(email))))
                .containsExactly(new Outcome.Delivered(0));
        return stub.mailboxes().items(alice, FOLDER).get(0);
    }

    @Test
    void anItemIsReadAndNoDraftAndHasBothItsTimes() {
        EwsMailboxes.Item item = file("");

        assertThat(item.flags()).isEqualTo(1);
        assertThat(item.received()).isEqualTo(DATE);
        assertThat(item.sent()).isEqualTo(DATE);
        assertThat(item.read()).isTrue();
        assertThat(stub.mailboxes().folderClass(alice, FOLDER)).isEqualTo("IPF.Note");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                 | IPM.Note
            Content-Class: urn:content-classes:message                         | IPM.Note
            Content-Class: urn:content-class:custom.WeChatArchiver             | IPM.Note.Custom.WeChatArchiver
            content-class: URN:Content-Class:Custom.AT&TSMS/MMSNetworkArchiver | IPM.Note.Custom.AT&TSMS/MMSNetworkArchiver
            Content-Class: =?no-charset?Q?urn:content-class:custom.X?=         | IPM.Note
            Content-Class: urn:content-class:custom.                           | IPM.Note
            Content-Class: =?UTF-8?Q?urn:content-class:custom.Gr=C3=BC=C3=9Fe?= | IPM.Note.Custom.Gr__e
            """)
    void theItemClassIsThatOfTheContentClass(String header, String itemClass) {
        assertThat(file(header.isEmpty() ? "" : header + "\r\n").itemClass()).isEqualTo(itemClass);
    }

    @Test
    void aFolderNameMayHoldASlash() {
        transport.append(new Batch(alice, "AT&T SMS/MMS Network Archiver", emails("s", 2)));

        assertThat(mailboxes.folder(alice, "AT&T SMS/MMS Network Archiver")).hasSize(2);
    }

    @Test
    void aFolderNameMayHave255CharactersAndNoMore() {
        assertThat(transport.append(new Batch(alice, "x".repeat(255), emails("n", 1))))
                .containsExactly(new Outcome.Delivered(0));
        assertThat(transport.append(new Batch(alice, "x".repeat(256), emails("n", 1))))
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.fault())
                        .isEqualTo(Fault.FOLDER_REFUSED));
    }

    @Test
    void aBatchIsSentInRequestsOfAtMostFiftyEmails() {
        int before = stub.requests().size();

        transport.append(new Batch(alice, FOLDER, emails("m", 120)));

        assertThat(stub.requests().stream().skip(before).filter(request -> request.operation()
                        .equals("CreateItem")))
                .extracting(EwsStub.Request::items)
                .containsExactly(50, 50, 20);
    }

    @Test
    void aBatchIsSentInRequestsOfAtMostSoManyBytes() {
        transport.close();
        EwsOptions options = options();
        options.batchBytes = 3 * email("m0").content().length;
        transport = new EwsTransport(options.settings());
        int before = stub.requests().size();

        transport.append(new Batch(alice, FOLDER, emails("m", 7)));

        assertThat(stub.requests().stream().skip(before).filter(request -> request.operation()
                        .equals("CreateItem")))
                .extracting(EwsStub.Request::items)
                .containsExactly(3, 3, 1);
    }

    @Test
    void theFolderIsLookedUpOnceForSeveralBatches() {
        long before = stub.count("FindFolder");
        for (int i = 0; i < 3; i++) {
            transport.append(new Batch(alice, FOLDER, emails("b" + i + "-", 2)));
        }

        assertThat(stub.count("FindFolder") - before).isEqualTo(1);
    }

    @Test
    void manyAreFoundInSeveralSearchesAndPages() {
        List<Email> emails = emails("f", 130);
        transport.append(new Batch(bob, FOLDER, emails));
        stub.findLimit(7);

        Found found = transport.find(new Lookup(bob, FOLDER, ids(emails)));

        stub.findLimit(1000);
        assertThat(found).isInstanceOfSatisfying(Found.Answered.class, answered -> assertThat(answered.uids())
                .containsOnlyKeys(ids(emails)));
    }

    @Test
    void anEmailOfThirtyMegabytesArrivesByteForByte() {
        transport.close();
        EwsOptions options = options();
        // A busy machine takes its time to hold it against the schemas.
        options.timeout = Duration.ofMinutes(2);
        transport = new EwsTransport(options.settings());
        Email large = email("large", "0123456789abcde\r\n".repeat(30 * 65_536));

        assertThat(transport.append(new Batch(bob, FOLDER, List.of(large)))).containsExactly(new Outcome.Delivered(0));

        assertThat(stub.mailboxes().items(bob, FOLDER)).singleElement().satisfies(item -> assertThat(item.mime())
                .isEqualTo(large.content()));
    }
}
