package org.chatarchiver.landing;

/** A landed object is not what it was when it landed. */
public class LandingCorruptException extends LandingException {
    private final String path;
    private final String expected;
    private final String found;

    public LandingCorruptException(String path, String expected, String found, Throwable cause) {
        super(
                "landed object " + path + " is corrupt: expected SHA-256 " + expected + ", found " + found
                        + "; restore it from a backup of the landing zone",
                cause);
        this.path = path;
        this.expected = expected;
        this.found = found;
    }

    public String path() {
        return path;
    }

    public String expected() {
        return expected;
    }

    /** The digest of what is there, or why it cannot be unpacked. */
    public String found() {
        return found;
    }
}
