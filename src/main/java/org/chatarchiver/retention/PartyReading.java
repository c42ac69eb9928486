package org.chatarchiver.retention;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.PageParties;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.ChunkProperties;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.PageElement;
import org.chatarchiver.telemessage.PageReader;
import org.springframework.stereotype.Component;

/** Reads from a landed page whom it concerns: the ledger knows the owners of its messages, and of those who only take part nothing. */
@Component
class PartyReading {
    private final Landings landings;
    private final PageReader reader;
    private final ChunkProperties chunk;
    private final PartyIds ids;

    PartyReading(Landings landings, PageReader reader, ChunkProperties chunk, PartyIds ids) {
        this.landings = landings;
        this.reader = reader;
        this.chunk = chunk;
        this.ids = ids;
    }

    /**
     * Reads it to its end, which is held against its digest.
     *
     * @throws IOException where it cannot be read, or is not what has landed
     */
    PageParties of(Page page) throws IOException {
        Set<String> keys = new HashSet<>();
        boolean unclear = false;
        try (InputStream plain = landings.open(page.path(), page.sha256());
                CloseableIterator<Chunk> chunks = reader.chunks(
                        plain, page.landed(), chunk.messages(), chunk.bytes().toBytes())) {
            while (chunks.hasNext()) {
                try (Chunk next = chunks.next()) {
                    for (PageElement element : next.elements()) {
                        unclear |= !add(element, keys);
                    }
                }
            }
            plain.transferTo(OutputStream.nullOutputStream());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return PageParties.of(keys, unclear);
    }

    /** @return whether it is known whom it concerns */
    private boolean add(PageElement element, Set<String> keys) {
        if (element instanceof PageElement.Read read) {
            return add(people(read.message()), keys);
        }
        add(Stream.of(((PageElement.Malformed) element).owner()), keys);
        return false;
    }

    private static Stream<String> people(Message message) {
        return Stream.concat(
                Stream.of(message.msisdn()),
                Stream.concat(
                                message.participants().stream(),
                                message.calls().stream().map(Call::participant))
                        .filter(party -> party != null)
                        .flatMap(PartyReading::names));
    }

    /** The address too, in small letters: by it a message is mapped where nothing else tells the mailbox. */
    private static Stream<String> names(Party party) {
        return Stream.of(party.value(), party.email().toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty());
    }

    private boolean add(Stream<String> people, Set<String> keys) {
        return people.filter(id -> !PartyIds.isNobody(id))
                .map(id -> keys.add(ids.received(id).key()))
                .reduce(false, (any, one) -> true);
    }
}
