package org.chatarchiver.msexchange.transport.imap;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chatarchiver.msexchange.transport.TransportException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.ListInfo;

/** The folders that are known to be there, by mailbox. */
final class ImapFolders {
    private static final char SEPARATOR_BECOMES = '-';

    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
    private volatile Character separator;

    /** The name as a quoted string in modified UTF-7 (RFC 3501 section 5.1.3). */
    static String quoted(String name) {
        return '"' + BASE64MailboxEncoder.encode(name).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * The folder's name on this server: top level, so the server's hierarchy separator, usually a slash, becomes a hyphen. Exchange
     * cannot hold a slash in a folder's name over IMAP at all.
     */
    String name(ImapConnection connection, String folder) throws IOException, TransportException {
        if (separator == null) {
            ListInfo[] root = list(connection, "");
            separator = root.length == 0 ? '/' : root[0].separator;
        }
        return folder.replace(separator, SEPARATOR_BECOMES);
    }

    /** Asks for nothing but an answer: Exchange may accept a log-in to a mailbox that it then does not open. */
    static void open(ImapConnection connection) throws IOException, TransportException {
        list(connection, "");
    }

    /** Makes the folder unless it is there. */
    void ensure(ImapConnection connection, String mailbox, String name) throws IOException, TransportException {
        Set<String> names = known.computeIfAbsent(mailbox, key -> ConcurrentHashMap.newKeySet());
        if (names.contains(name)) {
            return;
        }
        if (!exists(connection, name)) {
            create(connection, name);
        }
        names.add(name);
    }

    void forget(String mailbox, String name) {
        Set<String> names = known.get(mailbox);
        if (names != null) {
            names.remove(name);
        }
    }

    boolean exists(ImapConnection connection, String name) throws IOException, TransportException {
        for (ListInfo folder : list(connection, name)) {
            boolean same =
                    name.equals(folder.name) || name.equalsIgnoreCase("INBOX") && name.equalsIgnoreCase(folder.name);
            if (same && folder.canOpen && !has(folder, "\\NonExistent")) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(ListInfo folder, String attribute) {
        for (String given : folder.attrs) {
            if (given.equalsIgnoreCase(attribute)) {
                return true;
            }
        }
        return false;
    }

    private void create(ImapConnection connection, String name) throws IOException, TransportException {
        try {
            connection.create(name);
        } catch (CommandFailedException e) {
            // Somebody else may have been faster; the codes for that differ from server to server.
            if (!exists(connection, name)) {
                throw lostOrRefused(e);
            }
        } catch (ProtocolException e) {
            throw lostOrRefused(e);
        }
    }

    private static ListInfo[] list(ImapConnection connection, String name) throws IOException, TransportException {
        try {
            ListInfo[] folders = connection.list("", name);
            return folders == null ? new ListInfo[0] : folders;
        } catch (ProtocolException e) {
            throw lostOrRefused(e);
        }
    }

    /** Angus Mail tells a lost connection as a synthetic BYE. */
    static IOException lostOrRefused(ProtocolException e) throws TransportException {
        if (e.getResponse() == null || e.getResponse().isBYE()) {
            return new IOException(e.getMessage(), e);
        }
        ImapAnswer answer = ImapAnswer.of(e.getResponse());
        if (ImapFaults.sessionOver(answer)) {
            return new IOException("ended by the server: " + answer, e);
        }
        throw ImapFaults.ofFolder(answer).thrown();
    }
}
