package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;

/** What an operator does with an editor and nothing else during a run. Runs behind {@code mvn package}. */
@RequiresProgram({"dovecot", "python3"})
class EditsDuringRunIT extends EditedRunBed {
    @Test
    void everyKindOfEditTakesEffectAndTheRunEndsWithEverythingOnce() throws Exception {
        String run = begin();

        edit(WHATSAPP, NEVER, "0 0 0 2 2 ? 2099");
        within("a changed schedule", () -> schedule("whatsapp").equals("0 0 0 2 2 ? 2099"));

        Path told = folder.resolve("told");
        write("errors.camel.yaml", mended(told).replace("uri: file", "uri: fiel"));
        within(
                "a bad file of channels",
                () -> routes().path("problems").toString().contains("did you mean 'file'?"));
        write("errors.camel.yaml", mended(told));
        within("a notification", () -> inForce("errors.camel.yaml"));
        held.get(1_300).countDown();

        String signal = read(WHATSAPP)
                .replace("WhatsApp", "Signal")
                .replace("WHATSAPP", "SIGNAL")
                .replace("whatsapp", "signal");
        Path made = Files.writeString(home.folder().resolve("made"), signal);
        Files.move(made, home.routes().resolve("connectors/signal.camel.yaml"), StandardCopyOption.ATOMIC_MOVE);
        within("a new connector", () -> !schedule("signal").isEmpty());

        String deliver = read("deliver.camel.yaml");
        write("deliver.camel.yaml", deliver.substring(0, deliver.length() / 2) + "\n  - nonsense");
        within("a broken file", () -> state("deliver.camel.yaml").equals("FORMER_IN_FORCE"));
        assertThat(archiver.get("/actuator/health").path("status").asText()).isEqualTo("DEGRADED");
        write("deliver.camel.yaml", deliver.replace("Files the e-mails", "Puts the e-mails"));
        within("a mended route", () -> inForce("deliver.camel.yaml"));
        held.get(2_600).countDown();

        String hooks = read("hooks.camel.yaml");
        write("hooks.camel.yaml", hooks.substring(0, hooks.indexOf("- route:", 1)) + ScannerStub.example());
        edit("pages.camel.yaml", "and the sweep queues it again.", "and waits.");
        edit("collect.camel.yaml", "Opens the scheduled run of a connector.", "Opens a run.");
        within(
                "a scanner, an error handling and a template",
                () -> inForce("hooks.camel.yaml") && inForce("pages.camel.yaml") && inForce("collect.camel.yaml"));
        held.get(3_900).countDown();

        Files.delete(home.routes().resolve(WHATSAPP));
        within("a connector that is gone", () -> schedule("whatsapp").isEmpty());
        write(
                WHATSAPP,
                signal.replace("Signal", "WhatsApp")
                        .replace("SIGNAL", "WHATSAPP")
                        .replace("signal", "whatsapp"));
        within("a connector that is back", () -> !schedule("whatsapp").isEmpty());

        endsWithEverythingOnce(run);
        assertThat(archiver.get(run).path("partiallyImported").asInt()).isEqualTo(1);
        assertThat(scanner.seen()).containsExactly("a virus");
        within("the notification itself", () -> told.toFile().isDirectory());
        try (Stream<Path> notes = Files.list(told)) {
            assertThat(notes).hasSize(1);
        }
    }

    private String mended(Path told) throws IOException {
        String shipped = Files.readString(Path.of("routes/errors.camel.yaml"));
        int unmapped = shipped.indexOf("uri: direct:unmapped");
        String step =
                "        - setBody:\n            constant: told\n        - to:\n            uri: file\n            parameters:\n"
                        + "              directoryName: \"" + told + "\"\n";
        int steps = shipped.indexOf("steps:\n", unmapped) + "steps:\n".length();
        int next = shipped.indexOf("\n- route:", steps);
        return shipped.substring(0, next).stripTrailing() + "\n" + step + shipped.substring(next);
    }
}
