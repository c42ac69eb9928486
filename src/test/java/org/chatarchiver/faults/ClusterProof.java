package org.chatarchiver.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.SuppressForbidden;
import org.springframework.util.FileSystemUtils;

/**
 * A long {@link ClusterDay}: 30,000 messages unless {@code -Dcluster.messages} says otherwise. Ends with status 1 where anything was lost,
 * is there twice, or does not add up, and keeps its directory then.
 */
public final class ClusterProof {
    private static final int MESSAGES = Integer.getInteger("cluster.messages", 30_000);
    private static final Duration MOST = Duration.ofMinutes(60);

    private ClusterProof() {}

    @SuppressForbidden("the result is what this program is for")
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("cluster");
        ClusterDay day = new ClusterDay(folder, MESSAGES, MOST);
        List<String> problems = day.run();
        System.out.println(day.told());
        problems.forEach(System.out::println);
        System.out.println(problems.isEmpty() ? "Every message is in its mailbox once." : "See " + folder);
        if (problems.isEmpty()) {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(problems.isEmpty() ? 0 : 1);
    }
}
