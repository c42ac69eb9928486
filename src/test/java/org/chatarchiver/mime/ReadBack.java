package org.chatarchiver.mime;

import java.util.List;
import java.util.Map;

/**
 * What a mail program reads of an e-mail.
 *
 * @param names of the header fields as they stand there, repeats included
 * @param headers decoded values of the unstructured and id fields
 * @param plain the text part, with CRLF
 */
record ReadBack(
        List<String> names,
        Map<String, String> headers,
        List<Person> from,
        List<Person> to,
        String plain,
        String html,
        List<File> files,
        List<String> notes) {
    /** Display name (empty where there is none) and address. */
    record Person(String name, String address) {}

    record File(String name, String type, String sha256) {}
}
