package org.chatarchiver.search;

import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chatarchiver.archive.Hindrances;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.FoundMessage;
import org.chatarchiver.ledger.MessageSearch;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.SearchLists;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.MessageIds;
import org.springframework.stereotype.Component;

/** Finds messages by message id, number in any writing, mailbox or Message-ID. Safe for many threads. */
@Component
public class Search {
    /** Of what is looked for, in characters: a message id has no more. */
    public static final int LONGEST = 1_000;

    /** The ledger cannot keep what stood there, so that what is computed from it would be wrong. */
    private static final char LOST = '\uFFFD';

    /** Digits as they are dialled, without a country code for certain. */
    private static final Pattern NATIONAL = Pattern.compile("(?!00)[0-9(][0-9 ()./-]{3,40}");

    private final MessageSearch messages;
    private final PartyIds ids;
    private final MessageIds emails;
    private final Connectors connectors;
    private final Hindrances hindrances;
    private final Watermarks watermarks;
    private final SearchLists names;

    public Search(
            MessageSearch messages,
            PartyIds ids,
            ChatMime mime,
            Connectors connectors,
            Hindrances hindrances,
            Watermarks watermarks,
            SearchLists names) {
        this.messages = messages;
        this.ids = ids;
        this.emails = mime.ids();
        this.connectors = connectors;
        this.hindrances = hindrances;
        this.watermarks = watermarks;
        this.names = names;
    }

    /** A number without its country code as it can be looked for; empty where none can. */
    public Optional<String> nationalExample() {
        return ids.nationalExample();
    }

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return MessageSearch.isPlace(after);
    }

    /**
     * @param query without white space around it, 1 to {@value #LONGEST} characters
     * @param after the place behind which the list goes on; empty for its beginning
     */
    public FoundAnswer find(String query, int limit, String after) {
        Terms terms = Terms.of(query, ids);
        MessageSearch.Part part = messages.find(terms.wanted(), limit, after);
        Map<String, Optional<String>> hindered = new HashMap<>();
        return new FoundAnswer(
                terms.lookedFor(),
                terms.notLookedFor(),
                part.messages().stream()
                        .map(found -> explained(
                                found, hindered.computeIfAbsent(found.revision().connector(), hindrances::of)))
                        .toList(),
                part.next(),
                part.messages().isEmpty() ? nothing(query) : null);
    }

    private FoundAnswer.Message explained(FoundMessage found, Optional<String> hindrance) {
        String folder = Optional.ofNullable(found.run())
                .map(FoundMessage.FoundRun::folder)
                .or(() -> connectors.find(found.revision().connector()).map(Connector::folder))
                .orElse(null);
        Explanation explanation = new Explanation(found, folder, hindrance);
        return new FoundAnswer.Message(
                found,
                emailMessageId(found.revision()),
                folder,
                found.items().stream().map(explanation::of).toList(),
                explanation.sentence());
    }

    private String emailMessageId(Revision revision) {
        return Revision.isMalformed(revision.sourceId()) || revision.sourceId().indexOf(LOST) >= 0
                ? null
                : emails.messageId(
                        revision.connector(), revision.sourceId(), revision.number() == 0 ? "" : revision.digest());
    }

    private String nothing(String query) {
        long unread = messages.unreadPages();
        long unnamed = names.missing();
        String collected = connectors.all().stream()
                .map(connector -> connector.id() + " "
                        + watermarks
                                .of(connector.id())
                                .map(time -> "up to " + time.truncatedTo(ChronoUnit.SECONDS))
                                .orElse("nothing yet"))
                .sorted()
                .collect(Collectors.joining(", "));
        return "Nothing that the archiver has read is known by " + Printable.quoted(query) + "."
                + (collected.isEmpty()
                        ? ""
                        : " Collected without a gap: " + collected + "; what is later comes with the next run.")
                + (unread == 0
                        ? ""
                        : " Landed pages that are still to be read: " + unread + "; look again when they are.")
                + (unnamed == 0
                        ? ""
                        : " Of " + unnamed
                                + " pages the messages are found by their message ids only, for some moments more.")
                + (ids.hasRegion() || !NATIONAL.matcher(query).matches()
                        ? ""
                        : " A number is looked for with its country code, since no default region is set (archiver.mapping.default-region):"
                                + " write it as +44 7700 900108, with the code of its own country.")
                + " If it should have come before, see whether a run of that time is INCOMPLETE or FAILED, and ask for its window by a"
                + " back-fill.";
    }
}
