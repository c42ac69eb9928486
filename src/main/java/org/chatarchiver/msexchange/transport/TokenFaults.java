package org.chatarchiver.msexchange.transport;

import com.azure.core.exception.ClientAuthenticationException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why no access token was given, and what to mend, by Microsoft Entra ID's codes ("Microsoft Entra authentication error codes"). */
final class TokenFaults {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{5,9})");

    private static final String TENANT =
            "there is no such tenant: correct the tenant id, and the log-in's host to the tenant's cloud";
    private static final String APPLICATION =
            "the tenant has no such application: correct the client id or the tenant id, or grant consent in that tenant";
    private static final String SECRET = "the client secret is wrong: set the secret's value, not its id";
    private static final String EXPIRED =
            "the client secret has expired: make a new one for the application and set it";
    private static final String CERTIFICATE =
            "the certificate is not one of the application's, or has expired: upload its public part to the application";
    private static final String RESOURCE =
            "the tenant does not know what the token is asked for: correct the token's scope to the cloud's";
    private static final String DISABLED = "the application is disabled in the tenant: enable it";
    private static final String CONDITIONAL = "a conditional access policy of the tenant blocks the application";

    private static final Map<String, String> CURES = Map.ofEntries(
            Map.entry("90002", TENANT),
            Map.entry("900023", TENANT),
            Map.entry("50059", TENANT),
            Map.entry("900382", TENANT),
            Map.entry("700016", APPLICATION),
            Map.entry("7000215", SECRET),
            Map.entry("7000216", SECRET),
            Map.entry("7000218", SECRET),
            Map.entry("7000222", EXPIRED),
            Map.entry("700027", CERTIFICATE),
            Map.entry("700024", CERTIFICATE),
            Map.entry("7000214", CERTIFICATE),
            Map.entry("500011", RESOURCE),
            Map.entry("1002012", RESOURCE),
            Map.entry("70011", RESOURCE),
            Map.entry("7000112", DISABLED),
            Map.entry("53003", CONDITIONAL));

    private TokenFaults() {}

    /** What azure-identity threw: its network failures are unchecked exceptions of many kinds, and so are some refusals. */
    static TransportError of(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
            if (code.find()) {
                String cure = CURES.getOrDefault(code.group(1), "look the code up at login.microsoftonline.com/error");
                return TransportError.passing(Fault.CREDENTIALS_REFUSED, "no token, " + code.group() + ": " + cure);
            }
        }
        return thrown instanceof ClientAuthenticationException
                ? TransportError.passing(Fault.CREDENTIALS_REFUSED, "no token: " + thrown.getMessage())
                : TransportError.passing(Fault.UNREACHABLE, "no token: " + thrown);
    }
}
