package org.chatarchiver.msexchange;

import com.azure.core.credential.TokenCredential;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.msexchange.transport.ews.EwsAuthentication;

/** The options of the component and its endpoints. Configurations with equal options are equal. */
@UriParams
@Configurer
public class MicrosoftExchangeConfiguration implements Cloneable {
    @UriParam(defaultValue = "imap")
    private MicrosoftExchangeTransport transport = MicrosoftExchangeTransport.imap;

    @UriParam(defaultValue = "outlook.office365.com")
    private String host = "outlook.office365.com";

    @UriParam(defaultValue = "993")
    private int port = 993;

    @UriParam(label = "security", defaultValue = "tls")
    private Security security = Security.tls;

    @UriParam(label = "security", defaultValue = "xoauth2")
    private Authentication auth = Authentication.xoauth2;

    @UriParam(label = "security")
    private String username;

    @UriParam(label = "security", secret = true)
    @Metadata(secret = true)
    private String password;

    @UriParam(label = "security")
    @Metadata(autowired = true)
    private TokenCredential tokenCredential;

    @UriParam(label = "security")
    private String tokenScope;

    @UriParam(label = "security")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "graph", defaultValue = "https://graph.microsoft.com/v1.0")
    private String graphBaseUrl = "https://graph.microsoft.com/v1.0";

    @UriParam(label = "graph", defaultValue = "true")
    private boolean attachOriginal = true;

    @UriParam(label = "ews")
    private String ewsUrl;

    @UriParam(label = "ews,security", defaultValue = "basic")
    private EwsAuthentication ewsAuth = EwsAuthentication.basic;

    @UriParam(label = "advanced", defaultValue = "3")
    private int connectionsPerMailbox = 3;

    @UriParam(label = "advanced", defaultValue = "16")
    private int connections = 16;

    @UriParam
    private String probeMailbox;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "20000")
    private long connectTimeout = 20_000;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "60000")
    private long readTimeout = 60_000;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "60000")
    private long leaseTimeout = 60_000;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "60000")
    private long idleTimeout = 60_000;

    @UriParam(label = "advanced", defaultValue = "4194304")
    private int batchBytes = 4 * 1024 * 1024;

    public MicrosoftExchangeConfiguration copy() {
        try {
            return (MicrosoftExchangeConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** Where the mailboxes are: host and port, or a URL. */
    String destination() {
        return switch (transport) {
            case imap -> host + ":" + port;
            case graph -> graphBaseUrl;
            case ews -> ewsUrl;
        };
    }

    /** Says what is missing or contradicts itself. */
    void validate() {
        switch (transport) {
            case imap -> validateImap();
            case graph -> {
                requireUrl(graphBaseUrl, "graphBaseUrl");
                require(tokenCredential != null, "tokenCredential", "must be set for transport=graph");
            }
            case ews -> validateEws();
        }
        require(connectionsPerMailbox > 0, "connectionsPerMailbox", "must be at least 1");
        require(connections > 0, "connections", "must be at least 1");
        require(batchBytes > 0, "batchBytes", "must be at least 1");
        for (long timeout : new long[] {connectTimeout, readTimeout, leaseTimeout, idleTimeout}) {
            require(timeout > 0 && timeout <= Integer.MAX_VALUE, "each time-out", "must be 1 to 2147483647 ms");
        }
    }

    private void validateImap() {
        require(host != null && !host.isBlank(), "host", "must be set");
        require(port > 0 && port < 65_536, "port", "must be 1 to 65535");
        require(
                auth != Authentication.xoauth2 || tokenCredential != null,
                "tokenCredential",
                "must be set for auth=xoauth2");
        require(auth != Authentication.plain || password != null, "password", "must be set for auth=plain");
    }

    private void validateEws() {
        requireUrl(ewsUrl, "ewsUrl");
        if (ewsAuth == EwsAuthentication.oauth2) {
            require(tokenCredential != null, "tokenCredential", "must be set for ewsAuth=oauth2");
        } else {
            require(
                    username != null && password != null,
                    "username and password",
                    "must be set for ewsAuth=" + ewsAuth);
        }
    }

    /** Credentials go to the host, hence in the clear to this machine only. */
    private static void requireUrl(String url, String option) {
        require(
                url != null
                        && url.matches(
                                "https://[^/?#@\\s]+(/[^?#\\s]*)?|http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?(/[^?#\\s]*)?"),
                option,
                "must be an https URL without user, query and fragment");
    }

    private static void require(boolean condition, String option, String demand) {
        if (!condition) {
            throw new IllegalArgumentException("microsoft-exchange: " + option + " " + demand);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MicrosoftExchangeConfiguration that && options().equals(that.options());
    }

    @Override
    public int hashCode() {
        return options().hashCode();
    }

    private List<Object> options() {
        return Arrays.asList(
                transport,
                host,
                port,
                security,
                auth,
                username,
                password,
                tokenCredential,
                tokenScope,
                sslContextParameters,
                graphBaseUrl,
                attachOriginal,
                ewsUrl,
                ewsAuth,
                connectionsPerMailbox,
                connections,
                probeMailbox,
                connectTimeout,
                readTimeout,
                leaseTimeout,
                idleTimeout,
                batchBytes);
    }

    public MicrosoftExchangeTransport getTransport() {
        return transport;
    }

    /** The way into the mailboxes. */
    public void setTransport(MicrosoftExchangeTransport transport) {
        this.transport = transport;
    }

    public String getHost() {
        return host;
    }

    /** The server's name. The worldwide, GCC, GCC High, DoD and China clouds each have their own. */
    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    /** The server's port. */
    public void setPort(int port) {
        this.port = port;
    }

    public Security getSecurity() {
        return security;
    }

    /** How the connection is protected: tls from the first byte, starttls, or none, which is for tests only. */
    public void setSecurity(Security security) {
        this.security = security;
    }

    public Authentication getAuth() {
        return auth;
    }

    /**
     * How mailboxes are opened: xoauth2 with a token, or plain with a master user's name and password and the mailbox as authorization
     * identity.
     */
    public void setAuth(Authentication auth) {
        this.auth = auth;
    }

    public String getUsername() {
        return username;
    }

    /**
     * The name of the account that may open every mailbox: the master user for auth=plain, where without it the mailbox's own address is
     * the user name; the account that may impersonate for ewsAuth=basic and ntlm, as DOMAIN\\user or user@domain.
     */
    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    /** The password of that account. */
    public void setPassword(String password) {
        this.password = password;
    }

    public TokenCredential getTokenCredential() {
        return tokenCredential;
    }

    /** Gives the access tokens, for transport=graph, auth=xoauth2 and ewsAuth=oauth2. */
    public void setTokenCredential(TokenCredential tokenCredential) {
        this.tokenCredential = tokenCredential;
    }

    public String getTokenScope() {
        return tokenScope;
    }

    /** What the access tokens are asked for. Without it, <code>/.default</code> of the host: <code>https://outlook.office365.com/.default</code> for IMAP. */
    public void setTokenScope(String tokenScope) {
        this.tokenScope = tokenScope;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /** Trust store and TLS settings. Without them, those of the JVM count. */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getGraphBaseUrl() {
        return graphBaseUrl;
    }

    /** Microsoft Graph's address and version. GCC High, DoD and China each have their own. */
    public void setGraphBaseUrl(String graphBaseUrl) {
        this.graphBaseUrl = graphBaseUrl;
    }

    public boolean isAttachOriginal() {
        return attachOriginal;
    }

    /** Whether the e-mail goes along byte for byte as the attachment message.eml, since Microsoft Graph takes no e-mail as it is. */
    public void setAttachOriginal(boolean attachOriginal) {
        this.attachOriginal = attachOriginal;
    }

    public String getEwsUrl() {
        return ewsUrl;
    }

    /** The address of Exchange Web Services, such as <code>https://mail.example.com/EWS/Exchange.asmx</code>. */
    public void setEwsUrl(String ewsUrl) {
        this.ewsUrl = ewsUrl;
    }

    public EwsAuthentication getEwsAuth() {
        return ewsAuth;
    }

    /** How Exchange Web Services know us: basic or ntlm with username and password, or oauth2 with a token. */
    public void setEwsAuth(EwsAuthentication ewsAuth) {
        this.ewsAuth = ewsAuth;
    }

    public int getConnectionsPerMailbox() {
        return connectionsPerMailbox;
    }

    /** Most connections to one mailbox at a time. */
    public void setConnectionsPerMailbox(int connectionsPerMailbox) {
        this.connectionsPerMailbox = connectionsPerMailbox;
    }

    public int getConnections() {
        return connections;
    }

    /** Most connections in all. */
    public void setConnections(int connections) {
        this.connections = connections;
    }

    public String getProbeMailbox() {
        return probeMailbox;
    }

    /**
     * The address of a mailbox that is known to exist. It tells a mailbox that is missing from credentials that are refused, which servers
     * answer alike.
     */
    public void setProbeMailbox(String probeMailbox) {
        this.probeMailbox = probeMailbox;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /** How long a connection may take to be made, in milliseconds. */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getReadTimeout() {
        return readTimeout;
    }

    /** How long the server may take to answer, or to take what is sent, in milliseconds. */
    public void setReadTimeout(long readTimeout) {
        this.readTimeout = readTimeout;
    }

    public long getLeaseTimeout() {
        return leaseTimeout;
    }

    /** How long to wait for a connection while the most that are allowed are in use, in milliseconds. */
    public void setLeaseTimeout(long leaseTimeout) {
        this.leaseTimeout = leaseTimeout;
    }

    public long getIdleTimeout() {
        return idleTimeout;
    }

    /** How long an unused connection is kept open, in milliseconds. */
    public void setIdleTimeout(long idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public int getBatchBytes() {
        return batchBytes;
    }

    /** Most bytes of e-mail in one command, where the server takes several e-mails in one. */
    public void setBatchBytes(int batchBytes) {
        this.batchBytes = batchBytes;
    }
}
