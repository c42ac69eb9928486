package org.chatarchiver.collect;

import java.io.IOException;

/** The feed has asked not to be asked for a while. */
public class FeedPausedException extends IOException {
    private static final long serialVersionUID = 1L;

    public FeedPausedException(String why) {
        super(why);
    }
}
