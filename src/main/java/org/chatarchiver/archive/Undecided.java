package org.chatarchiver.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mapping.MailboxDirectory;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.Mapping;
import org.chatarchiver.mapping.Postponed;
import org.chatarchiver.mapping.Rules;
import org.chatarchiver.mapping.Target;
import org.chatarchiver.mapping.Unserved;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

/**
 * What is open and due in this page of a message that was mapped before, and what it comes to as its open participants are mapped again;
 * items of other pages are those pages' affair.
 */
final class Undecided {
    private final KnownMessage known;
    private final Mapper mapper;
    private final RetrySchedule retrySchedule;
    private final MailboxDirectory directory;
    private final List<Item> requeued = new ArrayList<>();
    private final List<Item> postponed = new ArrayList<>();
    private final List<Item> send = new ArrayList<>();
    private final List<Item> failing = new ArrayList<>();
    private final List<MappedItems.Replaced> replaced;
    private final List<MappedItems.Waiting> waiting = new ArrayList<>();
    private final List<Unserved> unserved = new ArrayList<>();

    Undecided(KnownMessage known, Mapper mapper, RetrySchedule retrySchedule, MailboxDirectory directory, Instant now) {
        this.known = known;
        this.mapper = mapper;
        this.retrySchedule = retrySchedule;
        this.directory = directory;
        this.replaced = known.mended().stream()
                .map(MappedItems.Replaced::ofFirst)
                .collect(Collectors.toCollection(ArrayList::new));
        for (Item item : known.items()) {
            if (!item.isOf(known.work().page())
                    || item.state().isFinal()
                    || item.retryAt() != null && item.retryAt().isAfter(now)) {
                continue;
            }
            if (item.hasMailbox()) {
                send.add(item);
            } else if (item.state() == ItemState.FAILING) {
                failing.add(item);
            } else if (item.reason() == null || item.reason().channel() == Channel.UNMAPPED) {
                requeued.add(item);
            } else {
                postponed.add(item);
            }
        }
    }

    MappedItems mapped() {
        map(requeued, mapper::remap);
        map(postponed, mapper::resume);
        return new MappedItems(send, failing, replaced, waiting, unserved);
    }

    /** Maps some participants of a message. */
    private interface Remapping {
        Mapping map(Message message, Rules rules, Collection<String> participants, MailboxDirectory directory);
    }

    /** Each with the capture that it comes from: one that stands in another chunk of this page is taken up there. */
    void map(List<Item> items, Remapping mapping) {
        List<Item> open = new ArrayList<>();
        for (Item item : items) {
            Optional<Capture> capture = known.captures().cameTo(item);
            if (capture.isPresent()) {
                asOwner(capture.get()).ifPresent(message -> mapOwner(item, message, mapping));
            } else if (known.captures().first().isPresent()) {
                open.add(item);
            }
        }
        if (!open.isEmpty()) {
            mapParticipants(open, mapping);
        }
    }

    private Optional<Message> asOwner(Capture capture) {
        Optional<Message> here = known.captures().here(capture).map(Captured::message);
        if (here.isPresent() || capture.isOf(known.work().page())) {
            return here;
        }
        Message first = known.message();
        return Optional.of(first.captured(capture.msisdn(), first.direction()));
    }

    private void mapOwner(Item item, Message message, Remapping mapping) {
        Mapping.Mapped mapped =
                Mailboxes.definite(mapping.map(message, Mailboxes.rules(known), Mapper.OWNER, directory));
        mapped.failures()
                .forEach(failure -> failing.add(
                        known.item(item.target(), ItemState.FAILING, null, failure.reason(), failure.sentence())));
        mapped.postponed().forEach(trouble -> postpone(trouble, item));
        for (Target target : mapped.targets()) {
            Item mailbox = Mailboxes.send(known, target);
            replaced.add(new MappedItems.Replaced(item, mailbox.target()));
            if (!taken().contains(mailbox.target())) {
                send.add(mailbox);
            }
        }
    }

    private void mapParticipants(List<Item> open, Remapping mapping) {
        Message message = known.captures().first().orElseThrow().message();
        Map<String, String> participants = participants(message, open);
        Mapping.Mapped mapped =
                Mailboxes.definite(mapping.map(message, Mailboxes.rules(known), participants.values(), directory));
        unserved.addAll(mapped.unserved());
        Set<String> still = new HashSet<>();
        mapped.failures().stream()
                .map(failure -> Mailboxes.fail(known, failure))
                .forEach(item -> {
                    still.add(item.target());
                    failing.add(item);
                });
        mapped.postponed().forEach(trouble -> still.add(postpone(trouble).target()));
        Predicate<String> named = mapper.named(message);
        open.stream()
                .filter(item -> !named.test(participants.get(item.target())))
                .forEach(item -> {
                    still.add(item.target());
                    failing.add(asItWas(item));
                });
        open.stream()
                .filter(item -> !still.contains(item.target()))
                .map(MappedItems.Replaced::ofFirst)
                .forEach(replaced::add);
        Set<String> taken = taken();
        mapped.targets().stream()
                .map(target -> Mailboxes.send(known, target))
                .filter(item -> !taken.contains(item.target()))
                .forEach(send::add);
    }

    /**
     * Whose items are open, by their targets: as the key has them, which may be another notation than the message has now, or the full
     * name of whom the key does not name in full.
     */
    private static Map<String, String> participants(Message message, List<Item> open) {
        Map<String, String> participants = new HashMap<>();
        open.forEach(item -> participants.put(item.target(), ItemTarget.participantOf(item.target())));
        Stream.concat(
                        Stream.of(message.msisdn()),
                        message.participants().stream().map(Party::value))
                .forEach(theirs -> participants.computeIfPresent(ItemTarget.participant(theirs), (key, cut) -> theirs));
        return participants;
    }

    /** Whom the message names no more, as the same bytes may be understood otherwise than before, is not left out in silence. */
    private Item asItWas(Item item) {
        return item.reason() == null
                ? known.failing(item, Reason.NO_MAPPING, "The message does not name this participant.")
                : known.failing(item, item.reason(), item.detail());
    }

    private Item postpone(Postponed trouble) {
        Item fresh = Mailboxes.waiter(known, trouble);
        Item item = known.items().stream()
                .filter(one -> one.target().equals(fresh.target()))
                .findFirst()
                .orElse(fresh);
        postpone(trouble, item);
        return item;
    }

    private void postpone(Postponed trouble, Item item) {
        if (trouble.undecided() ? retrySchedule.isTooLong(item) : retrySchedule.isOver(item)) {
            failing.add(known.item(item.target(), ItemState.FAILING, null, trouble.reason(), trouble.sentence()));
        } else {
            waiting.add(Mailboxes.waiting(retrySchedule, trouble, item));
        }
    }

    private Set<String> taken() {
        return Stream.of(known.items(), send)
                .flatMap(List::stream)
                .map(Item::target)
                .collect(Collectors.toSet());
    }
}
