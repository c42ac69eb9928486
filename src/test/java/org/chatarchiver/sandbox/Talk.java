package org.chatarchiver.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Who talks to whom, as the owner's device sees it.
 *
 * @param owner an employee, the sender or one of the recipients
 * @param groupId empty outside groups
 */
record Talk(String network, Person owner, Person from, List<Person> to, String groupId, String groupName) {

    boolean outgoing() {
        return owner.equals(from);
    }

    boolean inGroup() {
        return !groupId.isEmpty();
    }

    List<Person> participants() {
        List<Person> all = new ArrayList<>(to);
        all.add(0, from);
        return all;
    }

    static Talk between(String network, Person owner, Person other, boolean outgoing) {
        return outgoing
                ? new Talk(network, owner, owner, List.of(other), "", "")
                : new Talk(network, owner, other, List.of(owner), "", "");
    }

    /** One message to everybody else in a group, captured at one of its employees. */
    static Talk within(String network, String id, String name, List<Person> members, Random random) {
        Person from = Phrases.pick(members, random);
        Person owner = Phrases.pick(members.stream().filter(Person::inside).toList(), random);
        return new Talk(
                network,
                owner,
                from,
                members.stream().filter(one -> !one.equals(from)).toList(),
                id,
                name);
    }
}
