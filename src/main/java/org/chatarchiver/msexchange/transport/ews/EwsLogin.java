package org.chatarchiver.msexchange.transport.ews;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.hc.client5.http.auth.AuthSchemeFactory;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.NTCredentials;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.auth.NTLMSchemeFactory;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.chatarchiver.msexchange.transport.AccessTokens;
import org.chatarchiver.msexchange.transport.TransportException;

/** How requests show who asks. Credentials go to the configured host alone, with the first request, and nowhere else. */
final class EwsLogin {
    private final EwsSettings settings;
    private final AccessTokens tokens;

    EwsLogin(EwsSettings settings) {
        this.settings = settings;
        tokens = settings.authentication() == EwsAuthentication.oauth2
                ? new AccessTokens(settings.credential(), settings.tokenScope())
                : null;
    }

    /** Whether a connection, rather than a request, is what gets authenticated, by several requests in turn. */
    boolean byConnection() {
        return settings.authentication() == EwsAuthentication.ntlm;
    }

    /**
     * All connections belong to the one account, whichever mailbox a request is for, so they are shared although NTLM binds them to it.
     * HttpClient calls its NTLM deprecated; Exchange Server knows nothing else where Basic is switched off and no token service is set up.
     */
    @SuppressWarnings("deprecation")
    void configure(HttpClientBuilder client, RequestConfig.Builder request) {
        request.setAuthenticationEnabled(byConnection());
        if (!byConnection()) {
            return;
        }
        int backslash = settings.username().indexOf('\\');
        NTCredentials credentials = new NTCredentials(
                settings.username().substring(backslash + 1),
                settings.password().toCharArray(),
                null,
                backslash < 0 ? null : settings.username().substring(0, backslash));
        AuthScope scope = new AuthScope(
                settings.url().getScheme(), settings.url().getHost(), port(), null, StandardAuthScheme.NTLM);
        client.setDefaultCredentialsProvider(
                CredentialsProviderBuilder.create().add(scope, credentials).build());
        client.setDefaultAuthSchemeRegistry(RegistryBuilder.<AuthSchemeFactory>create()
                .register(StandardAuthScheme.NTLM, NTLMSchemeFactory.INSTANCE)
                .build());
        client.disableConnectionState();
        request.setTargetPreferredAuthSchemes(List.of(StandardAuthScheme.NTLM));
        // So that the e-mails are not sent with the first two of the three requests that authenticate a connection.
        request.setExpectContinueEnabled(true);
    }

    private int port() {
        int port = settings.url().getPort();
        return port >= 0 ? port : "https".equals(settings.url().getScheme()) ? 443 : 80;
    }

    /** The value of the Authorization header; null where the connection is authenticated instead. */
    String authorization() throws TransportException {
        return switch (settings.authentication()) {
            case ntlm -> null;
            case basic ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((settings.username() + ":" + settings.password())
                                        .getBytes(StandardCharsets.UTF_8));
            case oauth2 -> bearer(tokens.current());
        };
    }

    /** Another than the refused one; null where there is no other. */
    String another(String refused) throws TransportException {
        if (tokens == null) {
            return null;
        }
        String other = bearer(tokens.instead(refused.substring(bearer("").length())));
        return other.equals(refused) ? null : other;
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }
}
