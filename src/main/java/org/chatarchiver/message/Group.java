package org.chatarchiver.message;

/**
 * The group conversation that a message belongs to.
 *
 * @param id empty where the source gave none
 * @param name empty where the source gave none
 */
public record Group(String id, String name) {

    /** The name, or the id where the group has no name. */
    public String display() {
        return name.isBlank() ? id : name;
    }
}
