package org.chatarchiver.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.mapping.MailboxDirectory;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.Mapping;
import org.chatarchiver.mapping.Postponed;
import org.chatarchiver.mapping.Rules;
import org.chatarchiver.mapping.Target;
import org.chatarchiver.mapping.Unserved;
import org.chatarchiver.message.Message;

/**
 * What is open and due in this page of a message that was mapped before, and what it comes to as its open participants are mapped again;
 * items of other pages are those pages' affair.
 */
final class Undecided {
    private final MessageWork messageWork;
    private final Mapper mapper;
    private final RetrySchedule retrySchedule;
    private final MailboxDirectory directory;
    private final List<Item> requeued = new ArrayList<>();
    private final List<Item> postponed = new ArrayList<>();
    private final List<Item> send = new ArrayList<>();
    private final List<Item> failing = new ArrayList<>();
    private final List<MessageWork.Replaced> replaced;
    private final List<MessageWork.Waiting> waiting = new ArrayList<>();
    private final List<Unserved> unserved = new ArrayList<>();

    Undecided(
            MessageWork messageWork,
            Mapper mapper,
            RetrySchedule retrySchedule,
            MailboxDirectory directory,
            Instant now) {
        this.messageWork = messageWork;
        this.mapper = mapper;
        this.retrySchedule = retrySchedule;
        this.directory = directory;
        this.replaced = new ArrayList<>(messageWork.replaced());
        for (Item item : messageWork.known()) {
            if (!item.isOf(messageWork.work().page())
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

    MessageWork mapped() {
        map(requeued, mapper::remap);
        map(postponed, mapper::resume);
        return messageWork.with(send, failing, replaced).waiting(waiting).unserved(unserved);
    }

    /** Maps some participants of a message. */
    private interface Remapping {
        Mapping map(Message message, Rules rules, Collection<String> participants, MailboxDirectory directory);
    }

    /** Each with the capture that it comes from: one that stands in another chunk of this page is taken up there. */
    void map(List<Item> items, Remapping mapping) {
        List<Item> open = new ArrayList<>();
        for (Item item : items) {
            Optional<Capture> capture = messageWork.captures().cameTo(item);
            if (capture.isPresent()) {
                asOwner(capture.get()).ifPresent(message -> mapOwner(item, message, mapping));
            } else if (messageWork.captures().first().isPresent()) {
                open.add(item);
            }
        }
        if (!open.isEmpty()) {
            mapParticipants(open, mapping);
        }
    }

    private Optional<Message> asOwner(Capture capture) {
        Optional<Message> here = messageWork.captures().here(capture).map(Captured::message);
        if (here.isPresent() || capture.isOf(messageWork.work().page())) {
            return here;
        }
        Message message = messageWork.message();
        return Optional.of(message.captured(capture.msisdn(), message.direction()));
    }

    private void mapOwner(Item item, Message message, Remapping mapping) {
        Mapping.Mapped mapped =
                Mailboxes.definite(mapping.map(message, Mailboxes.rules(messageWork), Mapper.OWNER, directory));
        mapped.failures()
                .forEach(failure -> failing.add(messageWork.item(
                        item.target(), ItemState.FAILING, null, failure.reason(), failure.sentence())));
        mapped.postponed().forEach(trouble -> postpone(trouble, item));
        for (Target target : mapped.targets()) {
            replaced.add(new MessageWork.Replaced(item, target.mailbox()));
            if (!taken().contains(target.mailbox())) {
                send.add(Mailboxes.send(messageWork, target));
            }
        }
    }

    private void mapParticipants(List<Item> open, Remapping mapping) {
        Set<String> participants =
                open.stream().map(item -> item.target().substring(1)).collect(Collectors.toSet());
        Message message = messageWork.captures().first().orElseThrow().message();
        Mapping.Mapped mapped =
                Mailboxes.definite(mapping.map(message, Mailboxes.rules(messageWork), participants, directory));
        unserved.addAll(mapped.unserved());
        Set<String> still = new HashSet<>();
        mapped.failures().stream()
                .map(failure -> Mailboxes.fail(messageWork, failure))
                .forEach(item -> {
                    still.add(item.target());
                    failing.add(item);
                });
        mapped.postponed().forEach(trouble -> still.add(postpone(trouble).target()));
        open.stream()
                .filter(item -> !still.contains(item.target()))
                .map(MessageWork.Replaced::ofFirst)
                .forEach(replaced::add);
        Set<String> taken = taken();
        mapped.targets().stream()
                .filter(target -> !taken.contains(target.mailbox()))
                .map(target -> Mailboxes.send(messageWork, target))
                .forEach(send::add);
    }

    private Item postpone(Postponed trouble) {
        Item fresh = Mailboxes.waiter(messageWork, trouble);
        Item item = messageWork.known().stream()
                .filter(known -> known.target().equals(fresh.target()))
                .findFirst()
                .orElse(fresh);
        postpone(trouble, item);
        return item;
    }

    private void postpone(Postponed trouble, Item item) {
        if (trouble.undecided() ? retrySchedule.isTooLong(item) : retrySchedule.isOver(item)) {
            failing.add(messageWork.item(item.target(), ItemState.FAILING, null, trouble.reason(), trouble.sentence()));
        } else {
            waiting.add(Mailboxes.waiting(retrySchedule, trouble, item));
        }
    }

    private Set<String> taken() {
        return Stream.of(messageWork.known(), send)
                .flatMap(List::stream)
                .map(Item::target)
                .collect(Collectors.toSet());
    }
}
