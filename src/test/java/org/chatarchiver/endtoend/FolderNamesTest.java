package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folder names that IMAP does not take as they are, seen by another client (modified UTF-7, RFC 3501 5.1.3). */
@RequiresProgram({"dovecot", "python3"})
class FolderNamesTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "AT&T SMS/MMS Network Archiver,AT&T SMS-MMS Network Archiver,AT&-T SMS-MMS Network Archiver",
        "微信 “归档”,微信 “归档”,&X65P4Q- &IBxfUmhjIB0-"
    })
    void theFolderIsMadeUnderItsModifiedUtf7Name(String folder, String shown, String onTheWire) throws Exception {
        try (Dovecot mail = Dovecot.start(TestBed.ANN);
                TestBed bed = TestBed.start(home, TestBed.byMaster(mail), files -> {
                    Path connector = files.routes().resolve("connectors/wechat.camel.yaml");
                    Files.writeString(
                            connector,
                            Files.readString(connector)
                                    .replace(
                                            "name: folder, value: \"WeChat Archiver\"",
                                            "name: folder, value: \"" + folder + "\""));
                })) {
            TestBed.Window window = bed.window();
            bed.add(window, TestBed.text("one", "One"));

            assertThat(bed.run(window).imported()).isEqualTo(1);

            PythonMailbox read = PythonMailbox.byMaster(mail, TestBed.ANN, shown);
            assertThat(read.folders().path(shown).asText()).isEqualTo(onTheWire);
            assertThat(read.messages()).hasSize(1);
        }
    }
}
