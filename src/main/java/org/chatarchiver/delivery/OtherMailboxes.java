package org.chatarchiver.delivery;

import java.util.List;

/** Mailboxes that can tell whether an outage is one, or the own trouble of those who met it. */
public interface OtherMailboxes {
    /** Those that most likely work first; all of them may be asked for. */
    List<String> likely();
}
