package org.chatarchiver.observation;

/**
 * What this thread's work says of itself to whoever watches it: counts, and words of ours; never anything from outside. Goes nowhere, and
 * costs next to nothing, where nobody does.
 */
public final class Notes {
    private static final ThreadLocal<Watcher> WATCHER = new ThreadLocal<>();

    private Notes() {}

    /** Who watches the work of a thread. */
    interface Watcher {
        void counted(String what, long more);

        void said(String what, String word);
    }

    /** @param what a name in lower case, with dots */
    public static void count(String what, long more) {
        Watcher watcher = WATCHER.get();
        if (watcher != null && more > 0) {
            watcher.counted(what, more);
        }
    }

    /** @param word one of a few */
    public static void say(String what, String word) {
        Watcher watcher = WATCHER.get();
        if (watcher != null) {
            watcher.said(what, word);
        }
    }

    /** Whether what is told would come to anybody. */
    public static boolean areTaken() {
        return WATCHER.get() != null;
    }

    /** Null for nobody. */
    static Watcher watcher() {
        return WATCHER.get();
    }

    /** @param watcher null for nobody */
    static void to(Watcher watcher) {
        if (watcher == null) {
            WATCHER.remove();
        } else {
            WATCHER.set(watcher);
        }
    }
}
