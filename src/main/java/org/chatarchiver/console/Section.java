package org.chatarchiver.console;

/** A page that the navigation leads to. A controller that is one is found by itself. */
interface Section {
    /** What it is called in the navigation. */
    String title();

    /** Of its first page; those below it are its too. */
    String path();

    /** Whether a page is the section's. @param page its path */
    default boolean holds(String page) {
        return (page + "/").startsWith(path() + "/");
    }

    /** The navigation is in the order of these. */
    int place();
}
