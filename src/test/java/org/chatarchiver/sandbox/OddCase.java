package org.chatarchiver.sandbox;

/** What a feed has been seen to bring, or must be expected to. */
enum OddCase {
    YEAR_57300,
    TEXT_SIZE_AS_STRING,
    NATIVE_ID_OVER_64_BITS,
    TO_IS_NO_LIST,
    LONE_SURROGATE,
    LINE_BREAK_IN_NAME,
    FILE_NAME_WITH_PATH,
    FILE_NAME_MISSING,
    FILE_NAME_OF_300_CHARACTERS,
    NO_BASE64,
    INVALID_CONTENT_TYPE,
    FOREIGN_HREF,
    HREF_GONE,
    /** Its size is not the one that is declared. */
    ATTACHMENT_CUT_SHORT(
            "an attachment shorter than the source declares: attached as it came, with a note that names both; partially imported"),
    /** Cut in the middle of a character. */
    TEXT_CUT_SHORT,
    CONTROL_CHARACTER_IN_ADDRESS,
    TWICE_IN_A_PAGE,
    OWNER_NOT_MAPPED,
    MAILBOX_GONE,
    /** The owner stands there by the id of a device, and in the mapping file by number. */
    WHATSAPP_ID("an owner given as a WhatsApp id with a device: the number in front of it finds the mailbox"),
    /** The owner's number lacks the ninth digit that it has in the mapping file. */
    BRAZILIAN_NUMBER(
            "a Brazilian number without the ninth digit that the mapping file has: the same person, noted as an equivalent number"),
    UNKNOWN_FIELDS,
    TWO_PHONES("a group's message that two phones captured: one e-mail, in the mailbox of each"),
    /** Only made by {@link OddWriter#every}: large. */
    ATTACHMENT_OF_11_MB,
    /** Only made by {@link OddWriter#every}: large. */
    TEXT_OVER_10_MB;

    private final String explanation;

    OddCase() {
        this("");
    }

    OddCase(String explanation) {
        this.explanation = explanation;
    }

    /** What it is and what becomes of it, for the sandbox's report; empty for what the report need not explain. */
    String explanation() {
        return explanation;
    }

    boolean large() {
        return this == ATTACHMENT_OF_11_MB || this == TEXT_OVER_10_MB;
    }
}
