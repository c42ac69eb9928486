package org.chatarchiver.mapping;

/** Which rule named a mailbox, in the order of their precedence; recorded with every item. */
public enum Rule {
    /** The connector's custom mapping file. */
    MAPPING_FILE,
    /**
     * The connector's custom mapping file, which has the participant's number in the other of the two ways in which its country writes it
     * (Brazil's ninth digit, Mexico's 1, Argentina's 9).
     */
    EQUIVALENT_NUMBER,
    /** Automatic mapping: the user's e-mail address that the source carries. */
    AUTOMATIC
}
