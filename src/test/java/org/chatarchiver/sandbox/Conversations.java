package org.chatarchiver.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Who talks to whom next: three of four messages between two people, the rest in a dozen groups per network. */
final class Conversations {
    private static final List<String> GROUP_NAMES = List.of(
            "Project Falcon 🦅",
            "Weekend football",
            "上海办公室",
            "Q4 numbers, please!",
            "فريق دبي",
            "Einkauf & Logistik",
            "Lanzamiento 2027",
            "दिल्ली टीम",
            "東京オフィス",
            "Family & friends 👨‍👩‍👧",
            "Deal \"Aurora\" <confidential>",
            "");

    private record Group(String id, String name, List<Person> members) {}

    private final Company company;
    private final Random random;
    private final Map<String, List<Group>> groups;

    /** @param networks those that {@link #next} is asked for */
    Conversations(Company company, List<String> networks, Random random) {
        this.company = company;
        this.random = random;
        this.groups = networks.stream().sorted().collect(Collectors.toMap(network -> network, this::found));
    }

    private List<Group> found(String network) {
        List<Group> found = new ArrayList<>();
        for (String name : GROUP_NAMES) {
            Set<Person> members = new LinkedHashSet<>();
            for (int wanted = 3 + random.nextInt(5); members.size() < wanted; ) {
                boolean inside = members.isEmpty() || random.nextInt(3) > 0;
                members.add(Phrases.pick(inside ? company.employees() : company.contacts(), random));
            }
            found.add(new Group(
                    network.toLowerCase(Locale.ROOT) + "-group-" + (found.size() + 1), name, List.copyOf(members)));
        }
        return List.copyOf(found);
    }

    Talk next(String network) {
        if (random.nextInt(4) == 0) {
            Group group = Phrases.pick(groups.get(network), random);
            return Talk.within(network, group.id(), group.name(), group.members(), random);
        }
        Person owner = Phrases.pick(company.employees(), random);
        Person other = owner;
        while (other.equals(owner)) {
            other = Phrases.pick(random.nextInt(5) == 0 ? company.employees() : company.contacts(), random);
        }
        return Talk.between(network, owner, other, random.nextBoolean());
    }
}
