package org.chatarchiver.servers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.chatarchiver.servers.IssuerStub.Fault;

/** Writes ID tokens (OpenID Connect Core 1.0, section 2), right ones and wrong ones. */
final class IdTokens {
    private final RSAKey key;
    private final RSAKey otherKey;

    IdTokens() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("of-the-test").generate();
        otherKey = new RSAKeyGenerator(2048).keyID("of-the-test").generate();
    }

    /** What they can be checked by, as a set of JSON Web Keys (RFC 7517). */
    String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String make(String issuer, String nonce, Map<String, Object> person, Fault fault) {
        Instant now = fault == Fault.EXPIRED ? Instant.now().minus(Duration.ofHours(2)) : Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(fault == Fault.WRONG_ISSUER ? "https://another.example" : issuer)
                .subject("subject-1")
                .audience(fault == Fault.WRONG_AUDIENCE ? "another-client" : IssuerStub.CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                .claim("nonce", fault == Fault.WRONG_NONCE ? "another" : nonce);
        person.forEach(claims::claim);
        if (fault == Fault.UNSIGNED) {
            return new PlainJWT(claims.build()).serialize();
        }
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(fault == Fault.WRONG_SIGNATURE ? otherKey : key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
