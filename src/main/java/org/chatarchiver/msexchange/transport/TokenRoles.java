package org.chatarchiver.msexchange.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * What an administrator has consented to for all mailboxes, by the claim {@code roles} of an access token (RFC 7519; "Access token claims
 * reference"). What RBAC for Applications gives for some mailboxes stands in no token. Tokens are opaque to clients by right, so that one
 * that cannot be read is no error.
 */
final class TokenRoles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTS = 3;

    private TokenRoles() {}

    static Set<String> of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Set.of();
        }
        try {
            Set<String> roles = new HashSet<>();
            for (JsonNode role :
                    JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("roles")) {
                roles.add(role.asText());
            }
            return roles;
        } catch (IOException | IllegalArgumentException notReadable) {
            return Set.of();
        }
    }
}
