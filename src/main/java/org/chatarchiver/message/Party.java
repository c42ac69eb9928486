package org.chatarchiver.message;

/**
 * A sender or recipient.
 *
 * @param value a phone number or a network id, never empty
 * @param firstName empty where unknown
 * @param lastName empty where unknown
 * @param email the source's "User's Email address" as given, unchecked; empty where unknown
 */
public record Party(String value, String firstName, String lastName, String email) {

    public static Party of(String value) {
        return new Party(value, "", "", "");
    }

    /** The full name, or the value where no name is known. */
    public String display() {
        String name = (firstName + " " + lastName).strip();
        return name.isEmpty() ? value : name;
    }
}
