package org.chatarchiver.setup;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chatarchiver.routing.RoutesProperties;
import org.springframework.stereotype.Component;

/**
 * What can be archived: TeleMessage's networks under the names of Microsoft Purview's connectors, as far as {@code archiver.networks} lets
 * them, and behind them what that names beside.
 */
@Component
public class Products {
    private static final List<String> TEXTS = List.of("text messages (SMS)", "picture messages (MMS)");
    private static final List<String> TEXTS_AND_CALLS = List.of("text messages (SMS)", "voice calls");
    private static final List<String> CHATS =
            List.of("chats, of two and of groups", "attachments and files", "calls", "deleted messages");
    private static final List<Product> KNOWN = List.of(
            new Product(
                    "wechat",
                    "WeChat Archiver",
                    "WECHAT",
                    List.of(
                            "chats of WeChat and WeCom, of two and of groups",
                            "attachments and files",
                            "calls",
                            "recalled messages")),
            new Product("whatsapp", "WhatsApp Archiver", "WHATSAPP", CHATS),
            new Product(
                    "android",
                    "Android Archiver",
                    "ANDROID",
                    List.of(
                            "text messages (SMS)",
                            "picture messages (MMS)",
                            "voice calls",
                            "the phone's list of calls")),
            new Product("att", "AT&T SMS/MMS Network Archiver", "ATT", TEXTS),
            new Product("bell", "Bell SMS/MMS Network Archiver", "BELL", TEXTS),
            new Product("enterprise-number", "Enterprise Number Archiver", "ENTERPRISE_NUMBER", TEXTS),
            new Product("o2", "O2 SMS and Voice Network Archiver", "O2", TEXTS_AND_CALLS),
            new Product("rogers", "Rogers SMS/MMS Network Archiver", "ROGERS", TEXTS),
            new Product("signal", "Signal Archiver", "SIGNAL", CHATS),
            new Product("telegram", "Telegram Archiver", "TELEGRAM", CHATS),
            new Product("telus", "TELUS SMS Network Archiver", "TELUS", List.of("text messages (SMS)")),
            new Product("verizon", "Verizon SMS/MMS Network Archiver", "VERIZON", TEXTS));

    private final Set<String> networks;

    Products(RoutesProperties properties) {
        this.networks = properties.networks();
    }

    public List<Product> all() {
        Stream<Product> others = networks.stream()
                .filter(network -> KNOWN.stream().noneMatch(one -> one.network().equals(network)))
                .sorted(Comparator.naturalOrder())
                .map(Products::other);
        return Stream.concat(KNOWN.stream().filter(one -> networks.contains(one.network())), others)
                .toList();
    }

    /** @param id of a product */
    public Optional<Product> find(String id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    public Optional<Product> ofNetwork(String network) {
        return all().stream().filter(one -> one.network().equals(network)).findFirst();
    }

    private static Product other(String network) {
        return new Product(
                network.toLowerCase(Locale.ROOT).replace('_', '-'),
                network + " Archiver",
                network,
                List.of("whatever TeleMessage captures of the network " + network));
    }
}
