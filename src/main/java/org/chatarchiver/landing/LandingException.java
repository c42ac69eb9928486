package org.chatarchiver.landing;

import java.io.IOException;

/** The landing zone or the staging directory cannot be written or read: never the source's fault. */
public class LandingException extends IOException {
    public LandingException(String message, Throwable cause) {
        super(message, cause);
    }
}
