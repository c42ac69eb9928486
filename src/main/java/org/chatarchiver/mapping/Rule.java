package org.chatarchiver.mapping;

/** Which rule named a mailbox, in the order of their precedence; recorded with every item. */
public enum Rule {
    /** The connector's custom mapping file. */
    MAPPING_FILE,
    /** Automatic mapping: the user's e-mail address that the source carries. */
    AUTOMATIC
}
