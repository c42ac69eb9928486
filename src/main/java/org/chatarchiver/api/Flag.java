package org.chatarchiver.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** True or false; false where it is left out, and refused where it is null, which may be meant for either. */
final class Flag extends StdDeserializer<Boolean> {
    private static final long serialVersionUID = 1;

    Flag() {
        super(Boolean.class);
    }

    @Override
    public Boolean deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> (Boolean) context.handleUnexpectedToken(Boolean.class, json);
        };
    }

    @Override
    public Boolean getNullValue(DeserializationContext context) throws JsonMappingException {
        return context.reportInputMismatch(this, "null is neither true nor false");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return false;
    }
}
