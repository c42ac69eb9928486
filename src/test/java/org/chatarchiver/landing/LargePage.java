package org.chatarchiver.landing;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.SuppressForbidden;

/**
 * Stages, lands and reads back one large page, in a JVM of its own whose heap is far smaller than the page. Arguments: a data directory,
 * the page's size in bytes and, for Azure, a connection string.
 */
public final class LargePage {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private LargePage() {}

    @SuppressForbidden("prints what it counted to the test that started it")
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        long size = Long.parseLong(args[1]);
        LandingPath run = LandingPath.of("wechat", Instant.parse("2026-11-21T02:15:00Z"), "large");
        try (LandingContext context =
                args.length > 2 ? LandingContext.azure(args[2], data) : LandingContext.directory(data)) {
            Landed landed =
                    context.landings().land(context.staging().stage(run.page(1), new Noise(size), plain -> null));
            try (InputStream plain = context.landings().open(landed.path(), landed.sha256())) {
                long read = plain.transferTo(OutputStream.nullOutputStream());
                System.out.println("landed and read " + read + " of " + landed.size() + " bytes");
            }
        }
    }

    /** Runs this program with a heap of its own; gives its output. */
    static Path inItsOwnJvm(String heap, Path data, long size, List<String> connection) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                LargePage.class.getName(),
                data.toString(),
                Long.toString(size)));
        command.addAll(connection);
        Path output = data.resolve("large-page.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the large page took more than 5 minutes: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return output;
    }

    /** What base64 looks like to a compressor, whose window is smaller than the block that is repeated. */
    private static final class Noise extends InputStream {
        private final byte[] block = new byte[1024 * 1024];
        private long left;

        Noise(long size) {
            this.left = size;
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < block.length; i++) {
                block[i] = (byte) BASE64.charAt(random.nextInt(BASE64.length()));
            }
        }

        @Override
        public int read() {
            return left == 0 ? -1 : block[(int) (left-- % block.length)];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int start = (int) (left % block.length);
            int count = (int) Math.min(Math.min(length, block.length - start), left);
            System.arraycopy(block, start, bytes, offset, count);
            left -= count;
            return count;
        }
    }
}
