package org.chatarchiver.servers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RFC 1320, which NTLM hashes passwords with and the JDK does not offer. */
final class Md4 {
    private static final int BLOCK = 64;
    private static final int[] SHIFTS = {3, 7, 11, 19, 3, 5, 9, 13, 3, 9, 11, 15};
    private static final int[] THIRD_ROUND = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
    private static final int SECOND_CONSTANT = 0x5a827999;
    private static final int THIRD_CONSTANT = 0x6ed9eba1;

    private Md4() {}

    static byte[] of(byte[] message) {
        int blocks = (message.length + 8) / BLOCK + 1;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(message).put((byte) 0x80).position(blocks * BLOCK - 8);
        padded.putLong(8L * message.length).flip();
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        int[] words = new int[16];
        while (padded.hasRemaining()) {
            for (int i = 0; i < words.length; i++) {
                words[i] = padded.getInt();
            }
            block(state, words);
        }
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void block(int[] state, int[] words) {
        int[] v = state.clone();
        for (int step = 0; step < 48; step++) {
            int round = step / 16;
            int i = step % 16;
            int a = (4 - i % 4) % 4;
            int b = v[(a + 1) % 4];
            int c = v[(a + 2) % 4];
            int d = v[(a + 3) % 4];
            int mixed =
                    switch (round) {
                        case 0 -> (b & c | ~b & d) + words[i];
                        case 1 -> (b & c | b & d | c & d) + words[i % 4 * 4 + i / 4] + SECOND_CONSTANT;
                        default -> (b ^ c ^ d) + words[THIRD_ROUND[i]] + THIRD_CONSTANT;
                    };
            v[a] = Integer.rotateLeft(v[a] + mixed, SHIFTS[round * 4 + i % 4]);
        }
        for (int i = 0; i < state.length; i++) {
            state[i] += v[i];
        }
    }
}
