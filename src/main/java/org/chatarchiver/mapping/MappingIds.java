package org.chatarchiver.mapping;

import org.chatarchiver.message.PartyIds;
import org.springframework.stereotype.Component;

/** Which ids can stand in a mapping file. */
@Component
public class MappingIds {
    private final PartyIds ids;

    public MappingIds(PartyIds ids) {
        this.ids = ids;
    }

    /** Whether a row with it would be taken, and match whom the source calls so. */
    public boolean isUsable(String participant) {
        return IdCheck.refusal(participant, ids).isEmpty();
    }
}
