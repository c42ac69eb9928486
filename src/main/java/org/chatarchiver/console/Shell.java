package org.chatarchiver.console;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param user empty where nobody has logged in, or it is not known who
 * @param administrator whether buttons that change something are shown
 * @param entries of the navigation
 * @param hawtio path of Hawtio; null where it is off
 */
record Shell(String user, boolean administrator, List<Entry> entries, String hawtio) {
    /** @param current whether the page is of this section */
    record Entry(String title, String path, boolean current) {}
}
