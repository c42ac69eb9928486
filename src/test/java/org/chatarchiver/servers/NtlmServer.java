package org.chatarchiver.servers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of NTLMv2 (MS-NLMP) for one account: challenges, and checks what comes back. */
final class NtlmServer {
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    private static final String DOMAIN = "CONTOSO";

    /** Unicode, target, NTLM, always sign, domain, extended session security, target information, 128 bits, 56 bits. */
    private static final int FLAGS =
            0x1 | 0x4 | 0x200 | 0x8000 | 0x10000 | 0x80000 | 0x800000 | 0x20000000 | 0x80000000;

    private final String user;
    private final String password;
    private final SecureRandom random = new SecureRandom();

    NtlmServer(String user, String password) {
        this.user = user;
        this.password = password;
    }

    static int type(byte[] message) {
        return message.length < 12 ? 0 : buffer(message).getInt(8);
    }

    byte[] challenge() {
        byte[] challenge = new byte[8];
        random.nextBytes(challenge);
        return challenge;
    }

    /** The CHALLENGE_MESSAGE (2.2.1.2). */
    static byte[] type2(byte[] challenge) {
        byte[] domain = DOMAIN.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer info = ByteBuffer.allocate(2 * (4 + domain.length) + 4).order(ByteOrder.LITTLE_ENDIAN);
        for (short id = 1; id <= 2; id++) {
            info.putShort(id).putShort((short) domain.length).put(domain);
        }
        ByteBuffer message = ByteBuffer.allocate(56 + domain.length + info.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SIGNATURE)
                .putInt(2);
        field(message, domain.length, 56).putInt(FLAGS).put(challenge).putLong(0);
        field(message, info.capacity(), 56 + domain.length).putLong(0);
        return message.put(domain).put(info.array()).array();
    }

    private static ByteBuffer field(ByteBuffer message, int length, int offset) {
        return message.putShort((short) length).putShort((short) length).putInt(offset);
    }

    /** Whether the AUTHENTICATE_MESSAGE (2.2.1.3) proves that its sender knows the password (3.3.2). */
    boolean accepts(byte[] type3, byte[] challenge) {
        byte[] response = payload(type3, 20);
        String domain = new String(payload(type3, 28), StandardCharsets.UTF_16LE);
        String name = new String(payload(type3, 36), StandardCharsets.UTF_16LE);
        if (response.length <= 24 || !name.equalsIgnoreCase(user)) {
            return false;
        }
        byte[] key = hmac(
                Md4.of(password.getBytes(StandardCharsets.UTF_16LE)),
                (name.toUpperCase(Locale.ROOT) + domain).getBytes(StandardCharsets.UTF_16LE));
        ByteBuffer proved =
                ByteBuffer.allocate(8 + response.length - 16).put(challenge).put(response, 16, response.length - 16);
        byte[] proof = new byte[16];
        System.arraycopy(response, 0, proof, 0, proof.length);
        return MessageDigest.isEqual(proof, hmac(key, proved.array()));
    }

    private static byte[] payload(byte[] message, int field) {
        ByteBuffer buffer = buffer(message);
        byte[] payload = new byte[buffer.getShort(field)];
        buffer.position(buffer.getInt(field + 4));
        buffer.get(payload);
        return payload;
    }

    private static ByteBuffer buffer(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
