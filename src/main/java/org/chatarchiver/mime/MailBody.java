package org.chatarchiver.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reader sees of a message: a title, some facts, and the texts that people wrote. Values are as the source gave them.
 *
 * @param title empty where the text speaks for itself
 */
record MailBody(String title, List<Fact> facts, List<Section> sections) {
    /** One line: label and value. */
    record Fact(String label, String value) {}

    /** A text under a heading; the heading may be empty. */
    record Section(String heading, String text) {}

    static Builder titled(String title) {
        return new Builder(title);
    }

    /** The sheet as plain text, lines ended by LF. */
    String plain() {
        StringBuilder out = new StringBuilder(title).append('\n');
        if (!facts.isEmpty()) {
            out.append('\n');
        }
        for (Fact fact : facts) {
            out.append(fact.label())
                    .append(": ")
                    .append(Clean.header(fact.value()))
                    .append('\n');
        }
        for (Section section : sections) {
            out.append('\n').append(section.heading()).append(":\n");
            out.append(section.text()).append('\n');
        }
        return out.toString();
    }

    /** Leaves out what is empty. */
    static final class Builder {
        private final String title;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Section> sections = new ArrayList<>();

        private Builder(String title) {
            this.title = title;
        }

        Builder fact(String label, String value) {
            if (!value.isEmpty()) {
                facts.add(new Fact(label, value));
            }
            return this;
        }

        Builder section(String heading, String text) {
            if (!text.isEmpty()) {
                sections.add(new Section(heading, text));
            }
            return this;
        }

        MailBody build() {
            return new MailBody(title, List.copyOf(facts), List.copyOf(sections));
        }
    }
}
