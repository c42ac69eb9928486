package org.chatarchiver.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids as the networks themselves write them. WhatsApp's consist of a number, for some also of an agent and of a device, and of a server:
 * {@code 447911123456.0:12@s.whatsapp.net}. At {@code hosted} are the devices of a business account that its provider runs (Baileys:
 * {@code isHostedPnUser}). Those at {@code lid} and {@code hosted.lid} hide the number: they are text like any other id.
 */
final class NetworkIds {
    private static final Pattern PERSON = Pattern.compile(
            "\\+?([0-9]{1,20})(?:[._][0-9]{1,3})?(?::[0-9]{1,5})?@(?:s\\.whatsapp\\.net|c\\.us|hosted)",
            Pattern.CASE_INSENSITIVE);

    /** WeCom's rooms are at {@code im.chatroom}. */
    private static final Pattern ROOM =
            Pattern.compile("(?s).*@(?:g\\.us|(?:im\\.)?chatroom|broadcast|newsletter)", Pattern.CASE_INSENSITIVE);

    private NetworkIds() {}

    /** The digits of the number in front, in international form; empty where the id has none. */
    static Optional<String> number(String id) {
        Matcher person = PERSON.matcher(id);
        return person.matches() ? Optional.of(person.group(1)) : Optional.empty();
    }

    static boolean isRoom(String id) {
        return ROOM.matcher(id).matches();
    }
}
