package org.chatarchiver.servers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs access tokens (RFC 7519). */
final class JsonWebToken {
    private JsonWebToken() {}

    static String hs256(byte[] key, Duration validity) {
        long now = Instant.now().getEpochSecond();
        String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"default\"}")
                + "."
                + part(String.format(
                        Locale.ROOT,
                        "{\"sub\":\"archiver\",\"iat\":%d,\"nbf\":%d,\"exp\":%d}",
                        now - 60,
                        now - 60,
                        now + validity.toSeconds()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
