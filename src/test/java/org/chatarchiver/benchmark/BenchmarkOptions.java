package org.chatarchiver.benchmark;

import java.util.List;

/**
 * What {@link Benchmark} measures and with how much, by system properties.
 *
 * @param cold texts of the first run of a process just started ({@code benchmark.cold}); 0 where the mode leaves it out
 * @param sustained texts of one run, behind the cold one where there is one ({@code benchmark.sustained}); 0 where the mode leaves it out
 * @param oneByOne e-mails that the sequential connection appends each time, and that mbsync pushes ({@code benchmark.sequential})
 * @param ceiling e-mails of all pipelined connections together ({@code benchmark.ceiling})
 */
record BenchmarkOptions(int cold, int sustained, int oneByOne, int ceiling) {
    private static final String MODE = "benchmark.mode";

    /**
     * @param mailboxes that the texts and e-mails are spread over evenly
     * @throws IllegalArgumentException naming the property that is wrong
     */
    static BenchmarkOptions of(int mailboxes) {
        String mode = System.getProperty(MODE, "both");
        if (!List.of("cold", "sustained", "both").contains(mode)) {
            throw new IllegalArgumentException(MODE + " is cold, sustained or both, not " + mode);
        }
        return new BenchmarkOptions(
                mode.equals("sustained") ? 0 : number("benchmark.cold", 20_000, mailboxes),
                mode.equals("cold") ? 0 : number("benchmark.sustained", 100_000, mailboxes),
                number("benchmark.sequential", 5_000, mailboxes),
                number("benchmark.ceiling", 20_000, mailboxes));
    }

    int texts() {
        return cold + sustained;
    }

    /** A multiple, so that a mailbox that has its share tells that all have. */
    private static int number(String property, int usual, int mailboxes) {
        String text = System.getProperty(property, String.valueOf(usual));
        if (!text.matches("[1-9][0-9]{0,7}") || Integer.parseInt(text) % mailboxes != 0) {
            throw new IllegalArgumentException(
                    property + " is a number of e-mails and a multiple of " + mailboxes + ", not " + text);
        }
        return Integer.parseInt(text);
    }
}
