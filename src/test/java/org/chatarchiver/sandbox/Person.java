package org.chatarchiver.sandbox;

/**
 * Somebody who sends or gets messages.
 *
 * @param language of {@link Phrases}
 * @param number E.164 with plus sign
 * @param wechatId a wxid
 * @param email empty where TeleMessage carries none
 */
record Person(
        String language,
        String firstName,
        String lastName,
        String number,
        String wechatId,
        String email,
        Standing standing) {

    /** How the archiver can, or cannot, find the mailbox. */
    enum Standing {
        /** Stands in the mapping file. */
        MAPPED,
        /** Not in the file, but TeleMessage carries the address of the mailbox. */
        AUTOMATIC,
        /** A registered user whom everybody forgot: neither in the file nor with an address. */
        FORGOTTEN,
        /** In the file, but the mailbox is gone. */
        LEFT,
        /** Of another organisation. */
        OUTSIDE
    }

    boolean inside() {
        return standing != Standing.OUTSIDE;
    }

    boolean hasMailbox() {
        return standing == Standing.MAPPED || standing == Standing.AUTOMATIC;
    }

    /**
     * What stands in {@code from} and {@code to}. On WeChat that is the wxid; only employees outside of the mapping's fair weather appear by
     * number there, so that the owner of a group message is found among its participants.
     */
    String value(String network) {
        boolean byId =
                network.equals(SampleTraffic.WECHAT) && (standing == Standing.MAPPED || standing == Standing.OUTSIDE);
        return byId ? wechatId : number;
    }
}
