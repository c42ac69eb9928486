package org.chatarchiver.message;

/**
 * An id of a participant in the two forms in which ids are compared.
 *
 * @param exact a possible phone number in E.164 ({@code +447911123456}); any other id as it stands, without white space and invisible
 *     signs around it
 * @param key the same for all ids of one person: as {@code exact}, but of a number that its country writes in two ways always the one.
 *     What two ids are the same person by; never shown, sent or stored in an id's place
 */
public record PartyId(String exact, String key) {

    static PartyId text(String id) {
        return new PartyId(id, id);
    }

    /** Whether it is the same person, written in one of the two ways of their country. */
    public boolean isOtherWritingOf(PartyId other) {
        return key.equals(other.key) && !exact.equals(other.exact);
    }
}
