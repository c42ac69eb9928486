package org.chatarchiver.landing;

/** The ledger belongs to another landing zone than the one that the settings name. Nothing is landed or read until that is mended. */
public final class OtherZoneException extends LandingException {
    private final String cure;

    /**
     * @param what one sentence
     * @param cure one sentence in the imperative
     */
    OtherZoneException(String what, String cure) {
        super(what, null);
        this.cure = cure;
    }

    public String cure() {
        return cure;
    }
}
